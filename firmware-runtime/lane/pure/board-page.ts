// What a guidance board shows of the free spaces (000 clause 6.3): one short line, since a board may have four characters.
import type { DisplayPage } from '#devices/pure/lane/display.ts'
import type { FreeSpaces } from '#base/pure/values/free-spaces.ts'

/** `part`: an area or street; absent: the whole lot. A part without a number shows that of the lot. */
export function boardPage(
  { isOpen, free, parts }: Pick<FreeSpaces, 'free' | 'isOpen' | 'parts'>,
  part: string | undefined,
): DisplayPage {
  const shown = parts.find(({ name }) => name === part)?.free ?? free
  const words = isOpen ? (shown === 0 ? '满' : `余位 ${shown}`) : '关闭'
  return { phrases: [words], tone: isOpen && shown > 0 ? 'go' : 'stop', speech: '' }
}
