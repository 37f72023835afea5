import { registerDecorator } from 'class-validator';
import { isStorable } from '../../platform/http/is-storable.js';

const longest = 2000;

/** An object whose members are texts of at most 2,000 characters, or `null`. */
export function IsDescriptionMap(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isDescriptionMap',
      target: target.constructor,
      propertyName: property as string,
      validator: {
        validate: isDescriptionMap,
        defaultMessage: () => `must be an object of texts of at most ${longest} characters, or null to remove one`,
      },
    });
}

function isDescriptionMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (text) =>
      text === null || (typeof text === 'string' && text.length > 0 && text.length <= longest && isStorable(text)),
  );
}
