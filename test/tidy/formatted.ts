// Text of a file that a test writes, formatted by the rules of all files.
import { format, type FormatConfig } from 'oxfmt'
import rules from '../../.prettierrc.json' with { type: 'json' }

/** @param path its ending names the language. @throws on text that cannot be parsed. */
export async function formatted(path: string, text: string): Promise<string> {
  const { code, errors } = await format(path, text, rules as FormatConfig)
  if (errors.length > 0) throw new Error(`${path}: ${errors.map((e) => e.message).join(', ')}`)
  return code
}
