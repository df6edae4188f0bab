// A drawing of each place of the side bar: lines in a field of 24 by 24.
import type { Place } from './page.ts'

export const placeIcons: Readonly<Record<Place, string>> = {
  // A booth with its boom.
  booth: 'M3 21V8l4-3 4 3v13M3 21h18M6 11h2M11 13h10M18 13v8',
  // A coin with the sign of the yuan.
  money: 'M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M8 7l4 5 4-5M12 12v6M9 12h6M9 15h6',
  // A box with legs, as an antenna or a camera.
  devices: 'M7 7h10v10H7zM10 3v4M14 3v4M10 17v4M14 17v4M3 10h4M3 14h4M17 10h4M17 14h4',
  // A ruler and a pencil.
  works: 'M4 4v16h16zM8 12v4h4M14 4l6 6M14 4l-2 2 6 6 2-2',
  // A list with a tick.
  inbox: 'M4 6l1.5 1.5L8 5M11 6h9M4 12l1.5 1.5L8 11M11 12h9M5 18h2M11 18h9',
}
