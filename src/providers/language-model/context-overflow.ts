/** How providers say that a request is longer than their model can read. Few have a code for it. */
const overflow =
  /context[ _-]?(length|window|size|limit)|context the overflow|(prompt|input) is too long|too many input tokens|input token count .{0,40}exceed|reduce the length of|inputs. tokens \+/i;

export function saysContextTooLong(message: string): boolean {
  return overflow.test(message);
}
