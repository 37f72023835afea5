import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { invitationMail } from './invitation-mail.js';

const facts = {
  to: 'grace@example.com',
  inviterName: 'Ada Lovelace',
  workspaceName: 'Sales',
  roleName: 'analyst',
  link: 'https://tabletalk.example.com/invitation#token=tti_x',
  expiresAt: new Date('2026-11-28T08:00:00Z'),
};

describe('invitationMail', () => {
  it('says who invites to what, until when, and how to accept', () => {
    const { to, subject, text } = invitationMail(facts);
    expect([to, subject]).toEqual(['grace@example.com', 'Ada Lovelace invites you to "Sales" on Tabletalk']);
    expect(text).toContain('as analyst');
    expect(text).toContain('2026-11-28');
    expect(text).toContain(`\n${facts.link}\n`);
  });

  it('keeps every name on one short line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'binary' }), (inviter, name) => {
        const mail = invitationMail({
          ...facts,
          inviterName: `${inviter}\r\nBcc: eve@example.com`,
          workspaceName: name,
        });
        expect(mail.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(mail.text.split('\n')).toHaveLength(invitationMail(facts).text.split('\n').length);
        expect([...mail.subject].length).toBeLessThan(300);
      }),
    );
  });
});
