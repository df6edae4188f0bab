// The bad inputs that every lane has to live with: F01 to F22 on links, P01 to P16 in profile files,
// S01 to S05 in site surveys.
// One row each with what has to come of it; docs and the tidy test read this table.

/**
 * REJ refused whole, with code, reason and next step; CNT dropped and counted, the lane unharmed;
 * HOLD unknown, asked for again, never guessed; DEG named and told, recovers alone.
 */
export type Outcome = 'REJ' | 'CNT' | 'HOLD' | 'DEG'

export interface BadInput {
  readonly id: string
  readonly input: string
  readonly outcome: Outcome
  /** What the lane or the library does then. */
  readonly then: string
  readonly tests: readonly string[]
}

const row = (
  id: string,
  outcome: Outcome,
  input: string,
  then: string,
  ...tests: string[]
): BadInput => ({ id, outcome, input, then, tests: tests.map((name) => `test/${name}.test.ts`) })

const damage = 'bad-input/frames.damage'
const deal = 'bad-input/frames.deal'
const lane = 'bad-input/frames.lane'
const camera = 'bad-input/frames.camera'
const signed = 'bad-input/profiles.signed'
const files = 'bad-input/profiles.files'
const content = 'bad-input/profiles.content'
const surveys = 'bad-input/surveys'

export const badInputs: readonly BadInput[] = [
  row('F01', 'CNT', 'one bit flipped', 'the frame is dropped, the next one is heard', damage),
  row('F02', 'REJ', 'four bits flipped', 'what passes the check is refused by its meaning', damage),
  row('F03', 'REJ', 'two bytes swapped', 'what passes the check is refused by its fields', damage),
  row('F04', 'CNT', 'a burst of 1 to 8 bytes', 'dropped and counted to the byte', damage),
  row('F05', 'CNT', 'cut at every byte', 'the next start mark is found again', damage),
  row('F06', 'CNT', 'a length of 0, the most, or more than there is', 'memory stays flat', damage),
  row('F07', 'CNT', 'an escape byte last, or a bad pair', 'that frame alone is lost', damage),
  row('F08', 'CNT', 'a start mark inside data', 'the frame around it is whole', damage),
  row('F09', 'CNT', 'two frames in one read, one in forty', 'each is decoded once', damage),
  row('F10', 'HOLD', 'the same frame up to three times', 'one debit, the same answer again', deal),
  row(
    'F11',
    'CNT',
    'an old sequence number after a reconnect',
    'no second debit comes of it',
    deal,
  ),
  row(
    'F12',
    'HOLD',
    'another OBU in the middle of a deal',
    'the deal ends, money is asked for',
    deal,
  ),
  row('F13', 'REJ', 'another card number in the same deal', 'no debit leaves', deal),
  row('F14', 'HOLD', 'a debit answered after our time', 'unknown, then settled once', deal),
  row('F15', 'DEG', 'heartbeats stop', 'down by name inside its limit, and back alone', deal),
  row('F16', 'CNT', '1 MB/s of noise for ten minutes', 'the lane works and memory is flat', lane),
  row('F17', 'DEG', 'a device at another speed', 'named, with the speed to set', lane),
  row('F18', 'HOLD', 'unplugged while it writes', 'unknown, proven after it is back', deal),
  row('F19', 'REJ', 'another device on the port', 'never up, nothing is done with it', lane),
  row(
    'F20',
    'REJ',
    'a plate of 40 characters, emoji, NUL or full width',
    'normal, or none',
    camera,
  ),
  row('F21', 'CNT', 'a picture of 50 MB, or a cut JPEG', 'dropped, the text is kept', camera),
  row('F22', 'DEG', 'a barrier open without a command', 'alarm, and a row of the ledger', lane),
  row('P01', 'REJ', 'a bad signature', 'nothing is written', signed),
  row('P02', 'REJ', 'a good signature of an unknown signer', 'nothing is written', signed),
  row('P03', 'REJ', 'an expired or revoked key', 'nothing is written', signed),
  row('P04', 'REJ', 'an older version than the installed one', 'only an audited undo', signed),
  row('P05', 'REJ', 'a name that leads elsewhere', 'refused unread', files),
  row('P06', 'REJ', 'a symbolic link', 'refused unread', files),
  row('P07', 'REJ', 'an archive, or over a limit', 'refused before it is read', files),
  row('P08', 'REJ', 'one name twice, or in another case', 'nothing is written', files),
  row('P09', 'REJ', 'a member twice', 'nothing is written', content),
  row('P10', 'REJ', '`__proto__` and `constructor`', 'nothing is written', content),
  row('P11', 'REJ', '200,000 levels', 'refused at the depth limit', content),
  row('P12', 'REJ', 'an integer above 2^53', 'never rounded', content),
  row('P13', 'REJ', 'an unknown member', 'refused; a named warning in a draft', content),
  row('P14', 'REJ', 'a pattern that backtracks', 'profiles hold none, ours are linear', content),
  row('P15', 'REJ', 'script or HTML in a text', 'shown as text', content, 'renderer/bad-input'),
  row('P16', 'REJ', 'a power cut while it is installed', 'the old or the new one, whole', files),
  row('S01', 'REJ', 'survey readings beyond physics', 'field and value named', surveys),
  row('S02', 'REJ', 'survey readings in another unit', 'field and value named', surveys),
  row('S03', 'REJ', 'an analyser that stops below 6 GHz', 'no point is taken', surveys),
  row('S04', 'REJ', 'a foreign file as a survey', 'written to by nobody', surveys),
  row('S05', 'REJ', 'a photo that is no image, or too large', 'the survey as it was', surveys),
]
