import { useState, type SyntheticEvent } from 'react';
import { Field } from '../parts/field.js';
import { Notice } from '../parts/notice.js';
import { RefusedError, server } from '../server.js';
import { useWords } from '../words/language.js';
import { refusalInWords } from './refusal.js';

const WRONG = 403;

/** Asks for the code that opens the page. */
export function AccessForm({ onEntered }: { readonly onEntered: () => Promise<void> }) {
  const words = useWords();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState('');
  const enter = async (): Promise<void> => {
    try {
      await server.enter(code);
      await onEntered();
    } catch (error) {
      const wrong = error instanceof RefusedError && error.status === WRONG;
      setProblem(wrong ? words.access.wrong : refusalInWords(words, error));
    }
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void enter();
  };
  return (
    <form className="card start" onSubmit={submit}>
      <h1>{words.access.title}</h1>
      <Field label={words.access.label}>
        {(id) => (
          <input
            id={id}
            type="password"
            value={code}
            required
            autoComplete="current-password"
            onChange={({ target }) => setCode(target.value)}
          />
        )}
      </Field>
      {problem !== '' && <Notice kind="problem">{problem}</Notice>}
      <button type="submit" className="primary">
        {words.access.enter}
      </button>
    </form>
  );
}
