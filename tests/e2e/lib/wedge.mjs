// A scanner that types what it reads, as keys, faster than fingers.

/** Types `text` and Enter; `azerty`: the computer believes that its keyboard is Belgian. */
export const typeAsScanner = (page, text, keyboard) =>
  page.evaluate(([text, azerty]) => {
    const shifted = { $: 'Digit4', '%': 'Digit5', '*': 'Digit8', '+': 'Equal', ':': 'Semicolon' };
    const plain = { ' ': 'Space', '-': 'Minus', '.': 'Period', '/': 'Slash' };
    const codeOf = (c) => shifted[c] ?? plain[c] ?? (/\d/.test(c) ? `Digit${c}` : `Key${c}`);
    for (const c of [...text, 'Enter']) {
      const code = c === 'Enter' ? 'Enter' : codeOf(c);
      const key = c === 'Enter' ? c : azerty && /\d/.test(c) ? 'à&é"\'(§è!ç'[c] : c;
      const shiftKey = c in shifted;
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, cancelable: true }));
    }
  }, [text, keyboard === 'azerty']);
