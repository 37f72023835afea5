import type { ComponentProps } from 'react';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect, Textarea } from '@/components/ui/input';
import type { InputField } from './tool-input';

/** One field of a tool's input. */
export function InputControl({
  field,
  value,
  onChange,
}: {
  field: InputField;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={<code className="font-mono text-[13px]">{field.name}</code>} hint={field.description}>
      <Control
        field={field}
        value={value}
        required={field.required}
        onChange={(event: { target: { value: string } }) => onChange(event.target.value)}
      />
    </Field>
  );
}

type ControlProps = Pick<ComponentProps<'input'>, 'id' | 'aria-describedby' | 'required'> & {
  field: InputField;
  value: string;
  onChange: (event: { target: { value: string } }) => void;
};

function Control({ field, ...rest }: ControlProps) {
  if (field.kind === 'choice' || field.kind === 'boolean') {
    const choices = field.kind === 'boolean' ? ['true', 'false'] : field.choices.map(String);
    return (
      <NativeSelect {...rest}>
        <option value="">not given</option>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </NativeSelect>
    );
  }
  if (field.kind === 'json') return <Textarea placeholder="JSON" className="font-mono text-[13px]" {...rest} />;
  return <Input {...(field.kind === 'number' && { type: 'number', step: 'any' })} {...rest} />;
}
