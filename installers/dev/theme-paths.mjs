// Where a file below firmware-runtime/ goes when the rooms become themes (docs/architecture.md): test/tidy/themes.json says
// the theme, this file the folder in it.
import { isMoved, partOf as partAt } from '../../test/tidy/themes.ts'

/** Theme, or theme and `/desk`, of a path below firmware-runtime/. */
export const partOf = (path) => partAt(`firmware-runtime/${path}`)

/** Folders that hold too many files for one: the file names of each smaller folder. */
const groups = {
  'core/values': {
    words:
      'accepted-words act-words attention card-reason chinese-marks confirmed-note envelope-text event-words exception-words fault-text gaps issue-why link-words manual-reason match-words note-words notes refusals row-words shell-words survey-words system-words table-remarks unread-words upload-words visible-text word-lookup',
    data: 'base30 base45 base64 bytes crc32 csv-text degrees drawing frame-filter json page-headers peer-certificate photo posted-answer sealed-lines secret-rules shown-bytes signed stamped-head suite table-rows tariff-plot uuid7',
    lot: 'antenna-mount beside-members compare-settings copy-place destination-members device-members link-power logged-device lost-device lot-settings member partner-heard published-members raised-boom sensor-link service-members set-up-once simulated space-range street-spaces update-members',
  },
  'app/lot': {
    files:
      'beside-file day-list drawing-blocks drawing-reader dxf.d former-members gateway-no host-check layout-file lot-file lot-schema own-devices place-file plan-file published-file reused-lanes running-configuration spaces-file standard-caps status-list-file street-file tariff-file tariff-refusals tariff-schema tariff-version-1',
    queue:
      'batch-rows due-rows duty-fault feedback-due feedback-pull file-uploads left-over lot-uploads mend-rows offline-transfer outbox-rows peer-rows pending-rows receipt-group record-rows start-uploads stranded take-back',
    upkeep:
      'bill-scheduler boom-cycles boom-watch checkpoint-writer clock-upkeep copy-scheduler fold-cache-writer fold-start holder-watch index-check list-checks list-upkeep machine-ntp photo-rounds platform-watch shift-plans still-watch upkeep-scheduler upkeep-view',
  },
  survey: {
    file: 'body-schema body-shape chain chain-states compare evidence file-format identity merge newest open-parts open-place opened-pack origin project reading-origin record repair sampling samples series signatures signing survey-page survey-view',
    field:
      'area assistant containment contour field-bodies field-csv field-ground field-map field-readings grid heat-bands obu-tries outside pictures plan-frame plan-sheet strongest-point tail-test tester-rows zone zone-gaps zone-persons zone-plan zone-verdict',
    figures:
      'burst clock-figures cross-reads link-figures link-summary loss-test one-way ping-text probe-lines rate-figures rate-meter statistics',
  },
  'app/survey': {
    report:
      'heat-map logo-png quoted-items report-blocks report-checks report-docx report-field report-html report-marks report-model report-pdf report-plots report-readings report-rows report-sections report-template report-words report-xlsx report-zone',
  },
  'simulators/platform': {
    certificates:
      'cert-folder certificate-admin certificates file-open file-seal pki rsa-suite sealed-members sm-crypto.d sm2-der sm2-suite spoilt stranger suite',
    records:
      'batches bill-faults bills by-application charges consumptions deliveries duty duty-records exchange exchange-ports feedback filed issuer issuer-books joint-test known lot-records member-tables members psam refunds repeat reserved served-records settlement-records status-list together trade-file uploads vehicle-info',
  },
}
const groupOf = (folder, name) =>
  Object.entries(groups[folder] ?? {}).find(([, names]) => names.split(' ').includes(name))?.[0]

/** Folders that get another name, by what the rules below make of their layer. */
const renamed = {
  'acceptance/desk/survey': 'acceptance/desk/worker',
  'base/clocks': 'base/time',
  'base/http': 'base/process',
  'base/pay': 'base/crypto',
  'base/pure/etc': 'base/pure/data',
  'base/pure/explain': 'base/pure/words',
  'base/pure/people': 'base/pure/values',
  'base/pure/print': 'base/pure/data',
  'base/pure/rehearsal': 'base/pure/lot',
  'devices/desk/folder': 'devices/desk/lane',
  'devices/http': 'devices/web',
  'devices/desk/setup': 'devices/desk/lane',
  'devices/sqlite': 'devices/files',
  'lane/desk/document': 'lane/desk/setup',
  'lane/desk/site': 'lane/desk/setup',
  'lane/orders': 'lane/lot',
  'ledger/desk/setup': 'ledger/desk/backup',
  'ledger/process': 'ledger/http',
  'ledger/sftp': 'ledger/copies',
  'ledger/site': 'ledger/http',
  'ledger/transfer': 'ledger/files',
  'money/desk/money': 'money/desk/till',
  'money/desk/site': 'money/desk/till',
  'money/lot': 'money/tariff',
  'money/money': 'money/receipts',
  'runtime/backup': 'runtime/host',
  'runtime/passport': 'runtime/host',
  'runtime/receipt': 'runtime/host',
  'runtime/setup': 'runtime/host',
  'survey/adapters/survey': 'survey/instruments',
  'survey/app/survey': 'survey/runs',
  'survey/desk/commands/survey': 'survey/desk/commands',
  'survey/desk/runtime/survey': 'survey/desk/worker',
  'survey/runtime/survey': 'survey/files',
  'acceptance/desk/app/acceptance': 'acceptance/desk/service',
  'acceptance/desk/app/acceptance/record': 'acceptance/desk/record',
  'acceptance/desk/runtime/acceptance': 'acceptance/desk/folder',
}
const placed = (folder, file) => `${renamed[folder] ?? folder}/${file}`

/** Layers without a clock and without Node, whose files go to `pure/`. */
const pureLayers = ['core', 'survey', 'acceptance', 'devices', 'platforms']

const joined = (...parts) => parts.filter((part) => part !== '').join('/')

/** The new path below firmware-runtime/; the same for a file that stays. */
export function targetOf(path) {
  if (isMoved(path)) return path
  const part = partOf(path)
  if (part === 'no theme' || part === 'harness') return path
  const [theme, desk = ''] = part.split('/')
  const names = path.split('/')
  const file = names.at(-1)
  const folder = names.slice(0, -1).join('/')
  const group = groupOf(folder, file.replace(/\.(test\.)?[jt]s$/, '')) ?? ''
  const [layer, ...below] = names.slice(0, -1)
  if (theme === 'simulators') return joined(folder, group, file)
  return placed(
    folderOf({ theme, desk, folder, layer, below, group, isView: file.endsWith('-views.ts') }),
    file,
  )
}

/** The folder before it is renamed. */
function folderOf({ theme, desk, folder, layer, below, group, isView }) {
  const inDesk = theme === 'runtime' ? '' : desk
  if (layer === 'ports') return joined(theme, 'ports')
  if (pureLayers.includes(layer)) {
    const own = layer === 'core' ? below : layer === 'platforms' ? ['platforms', ...below] : below
    const at = own[0] === theme || own[0] === 'values' ? own.slice(1) : own
    const rest = at.length === 0 && folder === 'core/values' ? 'values' : ''
    return joined(theme, inDesk, 'pure', ...at, group || rest)
  }
  if (layer === 'api')
    return theme === 'runtime' && below.length === 0 && !isView
      ? 'runtime/api'
      : joined(theme, 'calls')
  if (layer === 'tables') return joined(theme, 'tables')
  const isApi = theme === 'runtime' && desk === ''
  if (isApi && layer === 'cli') return 'runtime/api'
  if (isApi && layer === 'adapters') return 'runtime/slots'
  if (layer === 'cli') return joined(theme, inDesk, 'commands', ...below)
  if (folder === 'app/control') return joined(theme, inDesk, inDesk === '' ? 'control' : 'handlers')
  // adapters/, app/, runtime/: the folder below the layer
  if (below.length === 0) return joined(theme, inDesk, 'process')
  const isOwn = below[0] === theme && (theme === 'survey' || theme === 'acceptance')
  if (isOwn && group !== '') return joined(theme, inDesk, group)
  return joined(theme, inDesk, ...(isOwn ? [layer] : []), ...below, group).replace(
    'lane/lane/',
    'lane/',
  )
}
