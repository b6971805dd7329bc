// Through tmux to the terminal around it.

/** A sequence that tmux hands on as it is, where its `allow-passthrough` is on. */
export function passThrough(sequence: string): string {
  return `\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`
}
