import { useWords } from '../words/language.js';
import { Icon } from './icon.js';

/** Says that no model is speaking, wherever the simulator does. */
export function SimulatedNotice() {
  const { simulated } = useWords();
  return (
    <div className="notice simulated">
      <Icon name="info" />
      <p>
        <strong>{simulated.title}</strong> {simulated.text}
      </p>
    </div>
  );
}
