// The bad inputs that every lane must survive: F01 to F22 on links, P01 to P16 in profile files,
// S01 to S05 in site surveys, R01 to R17 of the platform, H01 to H11 at the control API, K01 to K09 of the clock,
// X01 to X17 of money and its desk.
// One row each with its required outcome; docs and the tidy test read this table.

/**
 * REJ: refused whole, with code, cause and next step. CNT: dropped and counted, the lane is unharmed.
 * HOLD: unknown, queried again, never guessed. DEG: named and reported, recovers by itself.
 */
export type Outcome = 'REJ' | 'CNT' | 'HOLD' | 'DEG'

export interface BadInput {
  readonly id: string
  readonly input: string
  readonly outcome: Outcome
  /** What the lane or the library then does. */
  readonly then: string
  readonly tests: readonly string[]
}

/** `key`: id and outcome. */
function row(key: string, input: string, then: string, ...names: string[]): BadInput {
  const [id, outcome] = key.split(' ') as [string, Outcome]
  return { id, outcome, input, then, tests: names.map((name) => `test/${name}.test.ts`) }
}

const damage = 'bad-input/frames.damage'
const deal = 'bad-input/frames.deal'
const lane = 'bad-input/frames.lane'
const camera = 'bad-input/frames.camera'
const signed = 'bad-input/profiles.signed'
const files = 'bad-input/profiles.files'
const content = 'bad-input/profiles.content'
const surveys = 'bad-input/surveys'
const unit = 'firmware-runtime'
const queue = `${unit}/ledger/pure/queue/queue`
const doubt = `${unit}/ledger/pure/platforms/guangxi/judge-doubt`
const judge = `${unit}/ledger/pure/platforms/guangxi/judge`
const link = `${unit}/ledger/http/platform-client`
const proof = `${unit}/ledger/http/signed-platform`
const server = `${unit}/base/api/http-server`
const hostile = 'wire/hostile-answers'
const three = 'wire/hostile-destinations'
const clock = `${unit}/lane/lot/lot-clock`
const money = 'wire/money-refused'
const deadMachine = 'wire/dead-machine'
const atExit = 'wire/pay-at-exit'
const payments = `${unit}/lane/lot/lot-payments`

export const badInputs: readonly BadInput[] = [
  row('F01 CNT', 'one bit flipped', 'the frame is dropped, the next one is heard', damage),
  row('F02 REJ', 'four bits flipped', 'what passes the check is refused by its meaning', damage),
  row('F03 REJ', 'two bytes swapped', 'what passes the check is refused by its fields', damage),
  row('F04 CNT', 'a burst of 1 to 8 bytes', 'dropped and counted to the byte', damage),
  row('F05 CNT', 'cut at every byte', 'the next start mark is found again', damage),
  row('F06 CNT', 'a length of 0, the most, or more than there is', 'memory stays flat', damage),
  row('F07 CNT', 'an escape byte last, or a bad pair', 'that frame alone is lost', damage),
  row('F08 CNT', 'a start mark inside data', 'the frame around it is whole', damage),
  row('F09 CNT', 'two frames in one read, one in forty', 'each is decoded once', damage),
  row('F10 HOLD', 'the same frame up to three times', 'one debit, the same answer again', deal),
  row('F11 CNT', 'an old sequence number after a reconnect', 'no second debit comes of it', deal),
  row('F12 HOLD', 'another OBU in the middle of a deal', 'the deal ends, money is asked for', deal),
  row('F13 REJ', 'another card number in the same deal', 'no debit leaves', deal),
  row('F14 HOLD', 'a debit answered after our time', 'unknown, then settled once', deal),
  row('F15 DEG', 'heartbeats stop', 'down by name inside its limit, and back alone', deal),
  row('F16 CNT', '1 MB/s of noise for ten minutes', 'the lane works and memory is flat', lane),
  row('F17 DEG', 'a device at another speed', 'named, with the speed to set', lane),
  row('F18 HOLD', 'unplugged while it writes', 'unknown, proven after it is back', deal),
  row('F19 REJ', 'another device on the port', 'never up, nothing is done with it', lane),
  row('F20 REJ', 'a plate of 40 characters, emoji, NUL or full width', 'normal, or none', camera),
  row('F21 CNT', 'a picture of 50 MB, or a cut JPEG', 'dropped, the text is kept', camera),
  row('F22 DEG', 'a barrier open without a command', 'alarm, and a row of the ledger', lane),
  row('P01 REJ', 'a bad signature', 'nothing is written', signed),
  row('P02 REJ', 'a good signature of an unknown signer', 'nothing is written', signed),
  row('P03 REJ', 'an expired or revoked key', 'nothing is written', signed),
  row('P04 REJ', 'an older version than the installed one', 'only an audited undo', signed),
  row('P05 REJ', 'a name that leads elsewhere', 'refused unread', files),
  row('P06 REJ', 'a symbolic link', 'refused unread', files),
  row('P07 REJ', 'an archive, or over a limit', 'refused before it is read', files),
  row('P08 REJ', 'one name twice, or in another case', 'nothing is written', files),
  row('P09 REJ', 'a member twice', 'nothing is written', content),
  row('P10 REJ', '`__proto__` and `constructor`', 'nothing is written', content),
  row('P11 REJ', '200,000 levels', 'refused at the depth limit', content),
  row('P12 REJ', 'an integer above 2^53', 'never rounded', content),
  row('P13 REJ', 'an unknown member', 'refused; a named warning in a draft', content),
  row('P14 REJ', 'a pattern that backtracks', 'profiles hold none, ours are linear', content),
  row('P15 REJ', 'script or HTML in a text', 'shown as text', content, 'renderer/kit/bad-input'),
  row('P16 REJ', 'a power cut while it is installed', 'the old or the new one, whole', files),
  row('S01 REJ', 'survey readings beyond physics', 'field and value named', surveys),
  row('S02 REJ', 'survey readings in another unit', 'field and value named', surveys),
  row('S03 REJ', 'an analyser that stops below 6 GHz', 'no point is taken', surveys),
  row('S04 REJ', 'a foreign file as a survey', 'written to by nobody', surveys),
  row('S05 REJ', 'a photo that is no image, or too large', 'the survey as it was', surveys),
  row('R01 HOLD', 'no reply, and a second silence', 'other payment, and a message', queue),
  row('R02 HOLD', 'success behind the fallback', 'one refund', `${unit}/lane/lot/late-answers`),
  row('R03 HOLD', '5xx, a page of a proxy, an empty 200', 'asked for again', doubt),
  row('R04 REJ', '4xx with its code', 'final, no endless tries', judge),
  row('R05 HOLD', '429', 'waits as it is told', doubt),
  row(
    'R06 HOLD',
    'a success with a wrong signature or serial',
    'a security event',
    doubt,
    hostile,
    three,
  ),
  row('R07 HOLD', 'signed, of another request or amount', 'asked for again', doubt, hostile, three),
  row('R08 CNT', 'success twice', 'once in the ledger', judge),
  row('R09 HOLD', 'replies in another order', 'each finds its own number', doubt),
  row('R10 HOLD', 'an unknown code', 'the raw code is shown', doubt, hostile),
  row(
    'R11 HOLD',
    'cut, bad UTF-8, gzip, 100 MB',
    'the cap ends it',
    doubt,
    link,
    proof,
    hostile,
    three,
  ),
  row('R12 DEG', 'a server time one day off', 'told, and not followed', proof, hostile, three),
  row('R13 REJ', 'a redirect', 'never followed', doubt, hostile, three),
  row('R14 HOLD', 'one byte a second', 'the whole deadline ends it', link),
  row('R15 HOLD', '"not found" while it may be under way', 'not believed yet', doubt),
  row(
    'R16 DEG',
    'a status list that is old, or from the future',
    'told hours before; one from the future is refused',
    'wire/status-list-quarter',
    hostile,
  ),
  row('R17 HOLD', 'a number that was sent before', 'queried before it is sent', queue),
  row('H01 REJ', 'no token, or an old one', '401', server),
  row('H02 REJ', 'a foreign host', '403', server),
  row('H03 REJ', 'a foreign origin', '403, and no header for it', server),
  row('H04 REJ', 'a body over the cap', '413', server),
  row('H05 REJ', 'headers that trickle', 'closed', server),
  row('H06 REJ', 'two lengths, a bad chunk', '400', server),
  row('H07 REJ', 'another path by dots, NUL or double encoding', '404', server),
  row('H08 REJ', 'a wrong method or type', '405 or 415', server),
  row(
    'H09 CNT',
    'SQL or shell text in a plate',
    'kept as text, found again',
    `${unit}/ledger/sqlite/queries`,
  ),
  row('H10 DEG', '500 sockets at once', 'a limit, and the API goes on', server),
  row(
    'H11 REJ',
    'a signed message that comes again, or is older than 5 minutes',
    'refused by whoever takes signed messages: a lane those of its gateway, the lot those of its reservation platform, and the simulated platform',
    `${unit}/base/crypto/notice`,
    `${unit}/lane/reservation/receiver`,
    `${unit}/simulators/platform/envelope`,
  ),
  row('K01 DEG', 'a clock a day or a year ahead', 'a person with both times', clock),
  row('K02 DEG', 'a clock an hour back', 'a person with both times', clock),
  row('K03 DEG', 'a clock of 1970 at the start', 'rows are marked, no car is priced', clock),
  row('K04 DEG', 'a clock that loses 5 s a minute', 'found', clock),
  row('K05 REJ', 'a time server that is wildly wrong', 'a person sets it', 'wire/lane-clock'),
  row('K06 CNT', 'another time zone', 'the same rows', 'sim/sim'),
  row(
    'K07 CNT',
    'midnight, or a count of the drawer, in the middle of a payment',
    'one day and one shift alone have it, and so does its bill',
    `${unit}/lane/lot/debit-over-midnight`,
    `${unit}/money/pure/billing/day-tally`,
  ),
  row(
    'K08 HOLD',
    'a certificate that ends by a wrong clock',
    'the message has the clock',
    'wire/certificate-ends',
  ),
  row(
    'K09 CNT',
    '8 h asleep',
    'lanes go on, whoever was signed in signs in again, and nothing is made up for',
    clock,
    `${unit}/lane/people/people-service`,
    `${unit}/ledger/pure/queue/queue-pace`,
  ),
  row('X01 REJ', 'bands of a tariff overlap', 'band and minutes named', money, 'wire/bad-input'),
  row('X02 REJ', 'a device of a kind that nobody knows', 'named, nothing changes', money),
  row('X03 REJ', 'a second pass for one car', 'nothing changes', money),
  row('X04 REJ', 'a coupon twice', 'the first use stands alone', money),
  row(
    'X05 REJ',
    'an import that is killed half-way',
    'the old list or the new one, whole',
    'wire/members',
    'wire/coupons',
    'wire/cut-over',
  ),
  row(
    'X06 REJ',
    'a status list that is foreign, or half of it',
    'the one before stays',
    'wire/status-list-platform',
  ),
  row('X07 REJ', 'a wrong PIN five times', 'the account is held, cars go on', money),
  row('X08 REJ', 'the last owner is removed', 'nothing changes', money),
  row('X09 REJ', 'the copy of another lot is restored', 'nothing changes', deadMachine),
  row('X10 REJ', 'an older copy is restored', 'only where it is said, all else aside', deadMachine),
  row(
    'X11 CNT',
    'rubbish of a scanner',
    'shown and counted, the code stays',
    `${unit}/money/desk/till/lane-scans`,
    'wire/scan-at-exit',
  ),
  row('X12 HOLD', 'a gateway that says paid twice', 'one keeps, one is an item', payments, atExit),
  row('X13 HOLD', 'a gateway that says paid late', 'it goes back once', payments, atExit),
  row('X14 HOLD', 'a gateway paid another amount', 'an item, nothing opens', payments, atExit),
  row('X15 DEG', 'a printer out of paper', 'named, printed once later', money, 'wire/printer'),
  row('X16 REJ', 'the recovery key of another lot', 'nothing changes', deadMachine),
  row(
    'X17 REJ',
    'a notification of a payment that is forged, replayed, of another order or amount, early, or twice',
    'at most a query; nothing is paid by it',
    `${unit}/lane/lot/pay-notices`,
    'wire/pay-notice',
  ),
]
