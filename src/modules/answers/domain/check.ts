/** Something that was looked at before the answer was given. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}
