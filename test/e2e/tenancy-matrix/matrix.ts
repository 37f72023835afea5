import type { Access } from '../../../src/modules/access/access.decorator.js';
import type { Client, TestApp } from '../../support/app.js';
import { type Furniture, furnish, tellingNames } from '../../support/furnished.js';
import { addWorkspace, type Member } from '../../support/other-workspace.js';
import { type Answer, type Call, Wire } from '../../support/wire.js';
import { absent, callOf, difference, namedObjects, neutral } from './calls.js';
import { expectedStatus, reachesObjects } from './expected.js';
import type { Maker, Row } from './row.js';
import { type Subject, type SubjectName, subjectNames, Subjects } from './subjects.js';

interface Workspace {
  /** What all its texts end with. */
  readonly mark: string;
  readonly owner: Member;
  readonly furniture: Furniture;
}

interface Setting {
  readonly subject: Subject;
  readonly maker: Maker;
  readonly furniture: Furniture;
}

/** Two workspaces with one of everything, and everybody who could call. `own` is the one that is called. */
export class Matrix {
  private readonly known = new Map<string, Promise<Subject>>();
  /** By route: objects of the other workspace, which no call may change. */
  private readonly theirs = new Map<string, Promise<Furniture>>();

  private constructor(
    private readonly test: TestApp,
    private readonly wire: Wire,
    readonly own: Workspace,
    readonly other: Workspace,
  ) {}

  static async build(test: TestApp): Promise<Matrix> {
    const workspace = async (mark: string): Promise<Workspace> => {
      const owner = await addWorkspace(test);
      const furniture = await furnish(owner.client, owner.workspaceId, (place) => `${place}_${mark}`);
      return { mark, owner, furniture };
    };
    return new Matrix(test, new Wire(test.address), await workspace('ours'), await workspace('quartz_and_flint'));
  }

  close(): void {
    this.wire.close();
  }

  /** Everything in which the service differs from what the row and the declared access say; nothing is as it should be. */
  async faults(key: string, row: Row, access: Access): Promise<string[]> {
    const faults: string[] = [];
    for (const name of subjectNames) {
      if (namesTheWorkspace(access) && name === 'API token with the other workspace in the header') continue;
      faults.push(...(await this.faultsOfOwn(key, row, access, name)));
      faults.push(...(await this.faultsOfForeign(key, row, access, name)));
    }
    return faults;
  }

  /** What of the other workspace the answer to a call without objects shows; nothing is as it should be. */
  async shownOfOther(key: string, row: Row, access: Access): Promise<string[]> {
    const { subject, maker, furniture } = await this.setting('owner', access, row);
    const { text } = await this.send(subject.client, await callOf(key, row, furniture, maker));
    return [...tellingNames(this.other.furniture), `_${this.other.mark}`].filter((each) => text.includes(each));
  }

  private async faultsOfOwn(key: string, row: Row, access: Access, name: SubjectName): Promise<string[]> {
    const { subject, maker, furniture } = await this.setting(name, access, row);
    const expected = expectedStatus(access, subject, row);
    const fresh = expected === row.status && access.kind !== 'public' ? await row.fresh?.(maker) : undefined;
    const call = await callOf(key, row, { ...furniture, ...fresh }, maker);
    const answer = await this.send(subject.client, call);
    const faults =
      answer.status === expected ? [] : [`${name}: ${answer.status} in place of ${expected}. ${answer.text}`];
    const caching = answer.status === row.status ? (row.caching ?? 'private, no-store') : 'private, no-store';
    if (access.kind !== 'public' && answer.headers['cache-control'] !== caching)
      faults.push(`${name}: "cache-control: ${answer.headers['cache-control']}" in place of "${caching}"`);
    if (expected >= 400 && subject.kind === 'stranger') faults.push(...(await this.faultsOfStranger(call, subject)));
    return faults;
  }

  /** Somebody else's workspace answers as one that does not exist. */
  private async faultsOfStranger(call: Call, subject: Subject): Promise<string[]> {
    const { 'x-workspace-id': named } = subject.client.allHeaders;
    if (named === undefined) return [];
    const nowhere = absent(named);
    const [foreign, missing] = [
      await this.send(subject.client, call),
      await this.send(subject.client.with({ 'x-workspace-id': nowhere }), call),
    ].map((answer) => neutral(answer, [named, nowhere]));
    const different = difference(foreign!, missing!);
    return different === undefined ? [] : [`${subject.name}, foreign and absent workspace: ${different}`];
  }

  /** Each object that the call names, with all those after it, is taken from the other workspace, and then from nowhere. */
  private async faultsOfForeign(key: string, row: Row, access: Access, name: SubjectName): Promise<string[]> {
    const names = namedObjects(key, row);
    if (names.length === 0) return [];
    const { subject, maker, furniture } = await this.setting(name, access, row);
    if (!reachesObjects(access, subject, row)) return [];
    const own = { ...furniture, ...(await row.fresh?.(maker)) };
    const foreign = await this.foreign(key, row);
    const faults: string[] = [];
    for (const [index, first] of names.entries()) {
      if (namesTheWorkspace(access) && index === 0 && name === 'owner of two workspaces') continue;
      const changed = names.slice(index);
      const pick = (from: (each: string) => string) =>
        Object.fromEntries(changed.map((each) => [each, from(foreign[each])]));
      const answers = await Promise.all(
        [pick((value) => value), pick(absent)].map(async (change) =>
          this.send(subject.client, await callOf(key, row, { ...own, ...change }, maker)),
        ),
      );
      const involved = changed.flatMap((each) => [foreign[each], absent(foreign[each])]);
      const [foreignAnswer, absentAnswer] = answers.map((answer) => neutral(answer, involved));
      const expected = row.names?.[first] ?? 404;
      if (answers[0]!.status !== expected)
        faults.push(`${name}, foreign ${first}: ${answers[0]!.status} in place of ${expected}. ${answers[0]!.text}`);
      const different = difference(foreignAnswer!, absentAnswer!);
      if (different !== undefined) faults.push(`${name}, foreign and absent ${first}: ${different}`);
    }
    return faults;
  }

  /** Made once for all subjects. */
  private foreign(key: string, row: Row): Promise<Furniture> {
    const { owner, furniture } = this.other;
    const make = async () => ({ ...furniture, ...(await row.fresh?.(this.maker(owner, owner.client))) });
    const made = this.theirs.get(key) ?? make();
    this.theirs.set(key, made);
    return made;
  }

  /** Who calls, in which workspace. */
  private async setting(name: SubjectName, access: Access, row: Row): Promise<Setting> {
    const { own } = this;
    if (!row.inNewWorkspace) {
      const subject = await this.subject(name, access, row);
      return { subject, maker: this.maker(own.owner, subject.client), furniture: own.furniture };
    }
    const owner = await addWorkspace(this.test);
    const subject = await this.subjectsOf(owner.workspaceId).make(name, access);
    const furniture = { ...own.furniture, workspace_id: owner.workspaceId };
    return { subject, maker: this.maker(owner, subject.client), furniture };
  }

  private maker(owner: Member, caller: Client): Maker {
    const { client, workspaceId } = owner;
    return { owner: client, caller, workspaceId, newcomer: () => addWorkspace(this.test, 'viewer', workspaceId) };
  }

  /** Made once for all routes, unless the call changes its caller. */
  private async subject(name: SubjectName, access: Access, row: Row): Promise<Subject> {
    const subjects = this.subjectsOf(this.own.owner.workspaceId);
    if (row.changesCaller) return subjects.make(name, access);
    const withheld = name === 'API token without the scope' && access.kind === 'permission' ? access.permission : '';
    const key = `${name} ${withheld}`;
    const made = this.known.get(key) ?? subjects.make(name, access);
    this.known.set(key, made);
    return made;
  }

  private subjectsOf(workspaceId: string): Subjects {
    return new Subjects(this.test, workspaceId, this.other.owner.workspaceId);
  }

  private send(subject: Client, call: Call): Promise<Answer> {
    return this.wire.send({ ...call, headers: { ...call.headers, ...subject.allHeaders } });
  }
}

/** Whether the path says which workspace is meant, and no header has a say. */
function namesTheWorkspace(access: Access): boolean {
  return access.kind === 'permission' && access.workspaceIn !== undefined;
}
