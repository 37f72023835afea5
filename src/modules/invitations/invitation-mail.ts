import type { MailMessage } from '../../providers/mailer/mailer.js';

export interface MailFacts {
  readonly to: string;
  readonly inviterName: string;
  readonly workspaceName: string;
  readonly roleName: string;
  readonly link: string;
  readonly expiresAt: Date;
}

const maximumCharacters = 100;

/** What an invited person reads. Names that people gave stay on their line, and short. */
export function invitationMail({ to, inviterName, workspaceName, roleName, link, expiresAt }: MailFacts): MailMessage {
  const [inviter, workspace, role] = [inviterName, workspaceName, roleName].map(oneLine);
  const day = expiresAt.toISOString().slice(0, 10);
  return {
    to,
    subject: `${inviter} invites you to "${workspace}" on Tabletalk`,
    text: `${inviter} invites you to work in "${workspace}" on Tabletalk as ${role}.

Open this link to accept. It works once, until ${day}:

${link}

If you do not know ${inviter}, ignore this mail: nothing happens unless you accept.
`,
  };
}

function oneLine(name: string): string {
  const line = name.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= maximumCharacters ? line : `${characters.slice(0, maximumCharacters).join('')}…`;
}
