'use client';

import { type FormEvent, useState } from 'react';
import { type ApiProblem, asProblem } from './api/problem';

export interface FormState<Values extends Record<string, string>> {
  readonly values: Values;
  readonly busy: boolean;
  /** What the service refused, if no field can say it. */
  readonly problem: ApiProblem | undefined;
  /** What is wrong with one field. */
  readonly errorOf: (name: keyof Values & string) => string | undefined;
  /** `value` and `onChange` of a text control. */
  readonly bind: (name: keyof Values & string) => {
    value: string;
    onChange: (event: { target: { value: string } }) => void;
  };
  readonly onSubmit: (event: FormEvent) => void;
}

/** A form of texts that is sent as a whole. What the service refuses is shown at the field that it names. */
export function useForm<Values extends Record<string, string>>(
  initial: Values,
  submit: (values: Values) => Promise<unknown>,
): FormState<Values> {
  const [values, set] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const send = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await submit(values);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const isShownAtFields = problem?.fields.length && problem.fields.every(({ pointer }) => pointer.slice(1) in values);
  return {
    values,
    busy,
    problem: isShownAtFields ? undefined : problem,
    errorOf: (name) => problem?.field(`/${name}`),
    bind: (name) => ({ value: values[name] ?? '', onChange: ({ target }) => set({ ...values, [name]: target.value }) }),
    onSubmit: (event) => {
      event.preventDefault();
      void send();
    },
  };
}
