// Commands that the product prints for a person, quoted for the shell that this person has in front: sh on Linux and
// macOS, PowerShell on Windows.

export type Shell = 'sh' | 'powershell'

export const shellOf = (platform: string): Shell => (platform === 'win32' ? 'powershell' : 'sh')

/** Words that the shell hands on unchanged without quotes. PowerShell parts a word such as `-a.b`. */
const plain: Readonly<Record<Shell, RegExp>> = {
  sh: /^[\w@%+=:,./-]+$/,
  powershell: /^(?:-[\w-]+|[\w+=:/\\][\w+=:./\\-]*)$/,
}

const quotes: Readonly<Record<Shell, (word: string) => string>> = {
  sh: (word) => `'${word.replaceAll("'", String.raw`'\''`)}'`,
  // Curly quotes end a text there too.
  powershell: (word) => `'${word.replace(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`,
}

/** One word that the shell hands on unchanged. */
export const shellWord = (shell: Shell, word: string): string =>
  plain[shell].test(word) ? word : quotes[shell](word)

/** A whole command. PowerShell calls a quoted program only behind `&`. */
export function shellCommand(shell: Shell, words: readonly string[]): string {
  const line = words.map((word) => shellWord(shell, word)).join(' ')
  return shell === 'powershell' && line.startsWith("'") ? `& ${line}` : line
}
