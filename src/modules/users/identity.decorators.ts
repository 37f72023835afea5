import { applyDecorators } from '@nestjs/common';
import { IsString, ValidateBy } from 'class-validator';
import { parseEmail } from './email.js';
import { passwordFault } from './password.js';
import { parseUsername, usernameRule } from './username.js';

/** Text about which `fault` finds nothing to say. */
function isText(name: string, fault: (text: string) => string | undefined) {
  const refuse = ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && fault(value) === undefined,
      defaultMessage: (of) => fault(String(of?.value)) ?? '',
    },
  });
  return applyDecorators(IsString(), refuse);
}

/** An e-mail address, as `parseEmail` has it. */
export function IsEmailAddress() {
  return isText('isEmailAddress', (text) =>
    parseEmail(text) ? undefined : 'must be an e-mail address such as ada@example.com',
  );
}

/** A username, as `parseUsername` has it. */
export function IsUsername() {
  return isText('isUsername', (text) => (parseUsername(text) ? undefined : usernameRule));
}

/** A password that could be somebody's. Whether it suits an account is seen where the account is known. */
export function IsPassword() {
  return isText('isPassword', passwordFault);
}

const maximumNameCharacters = 200;

/** What people call somebody: one line of visible text. */
export function IsFullName() {
  return isText('isFullName', (text) => {
    const tooLong = [...text].length > maximumNameCharacters;
    return tooLong || text.trim() === '' || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(text)
      ? `must have 1 to ${maximumNameCharacters} characters on one line`
      : undefined;
  });
}
