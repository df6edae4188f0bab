// How a simulated camera misreads a plate: the classes of docs/plate-correction.md with their shares.
// A list of its own, independent of the scoring list, so that one error does not hide the other.

/** From a plate, a position in its serial and a draw below 1: the misreading; null when the class does not apply. */
type Misreading = (plate: string, at: number, draw: number) => string | null

const put = (plate: string, at: number, char: string): string =>
  `${plate.slice(0, at)}${char}${plate.slice(at + 1)}`

const oneOf = (chars: string, draw: number): string => chars[Math.floor(draw * chars.length)] ?? ''

/** Replaces one character by another of its group, at the first position from `at` on that has one. */
const within =
  (groups: readonly string[]): Misreading =>
  (plate, at, draw) => {
    const [first, length] = [2, plate.length - 2]
    for (let i = 0; i < length; i++) {
      const place = first + ((at - first + i) % length)
      const char = plate[place] ?? ''
      const others = groups
        .filter((group) => group.includes(char))
        .map((group) => group.replace(char, ''))
        .join('')
      if (others !== '') return put(plate, place, oneOf(others, draw))
    }
    return null
  }

const any: Misreading = (plate, at, draw) =>
  put(plate, at, oneOf('0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'.replace(plate[at] ?? '', ''), draw))

/** Shares of the classes in percent: assumed, like the classes. */
const classes: readonly (readonly [share: number, read: Misreading])[] = [
  [50, within(['0DQ', '8B', '17', '5S', '2Z', '6G', 'CG'])],
  [5, within(['0O', '1I', 'DO', '7I'])],
  [
    18,
    within(['38', '3B', 'UV', 'VY', 'MN', 'HN', 'EF', 'PR', 'KX', '4A', 'TY', 'JL', '7T', 'WM']),
  ],
  [10, any],
  [10, (plate, at) => plate.slice(0, at) + plate.slice(at + 1)],
  [3, (plate, at, draw) => plate.slice(0, at) + oneOf('17L', draw) + plate.slice(at)],
  [4, (plate, _at, draw) => put(plate, 0, oneOf('桂粤湘沪京', draw))],
]

/** The misread plate; a class that does not apply reads any other character. */
export function misread(plate: string, at: number, draws: readonly [number, number]): string {
  let left = draws[0] * 100
  const found = classes.find(([share]) => (left -= share) < 0)
  const [, draw] = draws
  return found?.[1](plate, at, draw) ?? any(plate, at, draw) ?? plate
}
