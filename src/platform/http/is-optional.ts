import { ValidateIf } from 'class-validator';

/** The field may be left out. Unlike class-validator's decorator of this name, it does not take null for that. */
export function IsOptional() {
  return ValidateIf((_, value) => value !== undefined);
}
