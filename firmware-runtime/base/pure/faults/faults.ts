// Faults of the world (not our bugs): one table of stable codes with words for people.
// A text says what happened, what it means for the cars, and what to do. Codes are never reused.
import { profileFaults } from './profile-faults.ts'
import { faultRows } from './fault-rows.ts'
import { acceptanceFaults } from './acceptance-faults.ts'
import { badInputFaults } from './bad-input-faults.ts'
import { billingFaults } from './billing-faults.ts'
import { centreFaults } from './centre-faults.ts'
import { certificateFaults } from './certificate-faults.ts'
import { clockFaults } from './clock-faults.ts'
import { deviceFaults } from './device-faults.ts'
import { feedFaults } from './feed-faults.ts'
import { findFaults } from './find-faults.ts'
import { meterFaults } from './meter-faults.ts'
import { ledgerFaults } from './ledger-faults.ts'
import { orderFaults } from './order-faults.ts'
import { passportFaults } from './passport-faults.ts'
import { platformFaults } from './platform-faults.ts'
import { memberFaults } from './member-faults.ts'
import { payFaults } from './pay-faults.ts'
import { recoveryFaults } from './recovery-faults.ts'
import { reportFaults } from './report-faults.ts'
import { supportFaults } from './support-faults.ts'
import { surveyFaults } from './survey-faults.ts'
import { updateFaults } from './update-faults.ts'
import { transferFaults } from './transfer-faults.ts'
import { peopleFaults } from './people-faults.ts'
import { setupFaults } from './setup-faults.ts'
import {
  noteBehind,
  t,
  whyIn,
  type BilingualText,
  type FaultRow,
  type Why,
} from '../words/fault-text.ts'

export { joinedWhy, noteBehind, whyIn } from '../words/fault-text.ts'
export type { BilingualText, FaultRow, Why } from '../words/fault-text.ts'

const nothingDone = t('没有执行任何操作', 'Nothing was done')
/** What most faults of a class mean. */
const means = {
  API: nothingDone,
  LANE: nothingDone,
  FILE: t(
    '没有留下文件;车道和账本不受影响',
    'No file was left there; the lanes and the ledger are not affected',
  ),
  LOT: t('车道没有启动', 'The lanes did not start'),
  LINK: t('该设备不可用,车道降级运行', 'The device is unavailable; the lane runs degraded'),
  UPLOAD: t('这条记录不发送,等待人工处理', 'This record is not sent and waits for a person'),
}

/** Faults that any command or lane can have. */
const generalFaults = faultRows(means, {
  'ARG-01': {
    what: t('命令或参数不认识', 'The command or one of its arguments is not known'),
    means: nothingDone,
    todo: t('核对命令和参数', 'Check the command and its arguments'),
    command: 'help',
  },
  'FILE-01': {
    what: t('文件读不到', 'The file cannot be read'),
    means: nothingDone,
    todo: t('检查路径和权限', 'Check the path and the access rights'),
  },
  'FILE-02': {
    what: t('文件不是合法的 JSON', 'The file is not valid JSON'),
    means: t('没有执行任何操作,原有设置不变', 'Nothing was done; the earlier settings stay'),
    todo: t('按所示位置改正文件', 'Correct the file at the place shown'),
  },
  'FILE-03': {
    what: t('已有同名文件', 'A file with that name already exists'),
    means: t('没有写入,原来的文件不变', 'Nothing was written; the existing file is unchanged'),
    todo: t('换一个文件名,或先把它移走', 'Choose another name, or move that file away first'),
  },
  'FILE-04': {
    what: t('保存的位置空间不足', 'There is not enough space to save the file there'),
    todo: t(
      '腾出空间或换一个位置,再保存一次',
      'Free space or choose another place, then save again',
    ),
  },
  'FILE-05': {
    what: t('保存的位置不能写入', 'The file cannot be written to that place'),
    todo: t(
      '检查路径和权限,或换一个位置',
      'Check the path and the access rights, or choose another place',
    ),
  },
  'FILE-06': {
    what: t('平台文件的文件名不合规定', 'The name of a platform file breaks a rule'),
    means: t('没有打开这个文件,里面的内容不采用', 'The file was not opened and is not used'),
    todo: t(
      '把所示的一段和它的值告诉平台 (9.3.5)',
      'Report the part shown and its value to the platform (9.3.5)',
    ),
  },
  'LOT-01': {
    what: t('这个文件夹里没有停车场', 'This folder has no car park'),
    todo: t(
      '先在这个文件夹开通停车场,或换一个文件夹',
      'Set up a car park in this folder first, or choose another folder',
    ),
    command: 'lot init',
  },
  'LOT-02': {
    what: t('停车场文件的字段不合规定', 'A field of the lot file breaks a rule'),
    means: t('车道没有启动,原有数据不变', 'The lanes did not start; the data is unchanged'),
    todo: t('改正所示字段', 'Correct the field shown'),
  },
  'LOT-03': {
    what: t('车道引用的设备链路无效', 'A lane refers to a device link that is not valid'),
    means: t('该车道没有启动', 'This lane did not start'),
    todo: t('改正链路地址', 'Correct the link address'),
  },
  'LOT-04': {
    what: t('两条车道编号相同', 'Two lanes have the same id'),
    todo: t('给每条车道不同的编号', 'Give each lane its own id'),
  },
  'LOT-05': {
    what: t(
      '设备或密钥与运行模式不符:正式模式不用模拟设备和测试密钥,演示模式不碰真实设备',
      'The devices or keys do not fit the mode: production refuses simulated devices and test keys, and a demo uses no real devices',
    ),
    todo: t(
      '正式模式:换成真实设备地址和密钥;演示模式:换成模拟设备',
      'Production: use real device links and keys. Demo: use simulated devices',
    ),
  },
  'LOT-06': {
    what: t(
      '测试用程序不能运行正式停车场',
      'A development or test build cannot run a production lot',
    ),
    means: t('车道没有启动,数据没有改动', 'The lanes did not start; the data is unchanged'),
    todo: t(
      '使用正式发布的程序,或把车道装成本机的服务后再打开',
      'Use a released build, or let a service of this computer run the lanes and open Studio again',
    ),
    command: 'run --data DIR',
  },
  'LOT-07': {
    what: t('文件夹里已有停车场或账本', 'The folder already holds a lot or a ledger'),
    means: t('没有开始,原有数据不变', 'Nothing was started; the data is unchanged'),
    todo: t('换一个空文件夹', 'Choose an empty folder'),
  },
  'TARIFF-01': {
    what: t('费率文件的字段不合规定', 'A field of the tariff breaks a rule'),
    means: t('没有执行任何操作,原费率继续有效', 'Nothing was done; the old tariff applies'),
    todo: t('改正所示字段', 'Correct the field shown'),
  },
  'TARIFF-02': {
    what: t('这次停车不能计价', 'This stay cannot be priced'),
    means: t('没有扣费,须人工定价', 'Nothing was charged; a person must set the amount'),
    todo: t('核对入场和出场时间', 'Check the times of entry and exit'),
  },
  'TARIFF-03': {
    what: t('不能改动已经生效的收费', 'Prices that are already in force cannot be changed'),
    means: t('没有保存,原费率继续有效', 'Nothing was saved; the earlier tariff stays in force'),
    todo: t('在以后生效的新版本里改', 'Change them in a new edition that takes effect later'),
  },
  'TARIFF-04': {
    what: t('打开之后别人改过收费标准', 'Somebody else changed the tariff after you opened it'),
    means: t('没有保存,那一次改动有效', 'Nothing was saved; the other change stays in force'),
    todo: t('重新读取,再做您的改动', 'Read it again, then make your change'),
  },
  'TRACE-01': {
    what: t('车流文件的格式不合规定', 'The traffic trace does not have the required format'),
    means: t('没有回放任何车辆', 'No car was replayed'),
    todo: t('改正所示行', 'Correct the row shown'),
  },
  'LINK-01': {
    what: t('设备链路打不开', 'The device link cannot be opened'),
    todo: t(
      '检查接线、端口名和电源,恢复后自动重连',
      'Check the wiring, the port name and the power; it reconnects by itself',
    ),
  },
  'LINK-02': {
    what: t('设备没有应答', 'The device does not answer'),
    todo: t('检查电源和接线', 'Check the power and the wiring'),
  },
  'LINK-03': {
    what: t('设备正被另一个程序使用', 'Another program is using the device'),
    means: t(
      '没有连接,正在使用的一方不受影响',
      'No connection was made; the program that uses the device is not affected',
    ),
    todo: t(
      '设备由车道使用时,先在“接管与测试”里接管它;由别的程序使用时,先停止那个程序',
      'Take the device over first (Take over, test) when a lane uses it; stop the other program when that uses it',
    ),
    command: 'device take',
  },
  'LOCK-01': {
    what: t('另一个程序正在运行这个停车场', 'Another program is running this car park'),
    means: t('正在运行的车道不受影响', 'The running lanes are not affected'),
    todo: t('使用正在运行的那个,或先停止它', 'Use the running one, or stop it first'),
  },
  'DATA-01': {
    what: t('数据目录不能写入', 'The data folder cannot be written'),
    means: t(
      '车道没有启动,不会有不入账的扣费',
      'The lanes did not start, so no charge goes unrecorded',
    ),
    todo: t('改正目录权限', 'Correct the access rights of the folder'),
  },
  'DATA-02': {
    what: t('磁盘已满,账本写不进去', 'The disk is full and the ledger cannot be written'),
    means: t('ETC 停止扣费,道闸可手动放行', 'ETC charging stops; the barrier works by hand'),
    todo: t(
      '腾出磁盘空间:之后的车自动继续,正在等的车由人处理',
      'Free some disk space: the next cars continue by themselves, but a car that is already waiting needs a person',
    ),
  },
  'DATA-03': {
    what: t('数据目录的路径太长', 'The path of the data folder is too long'),
    means: t(
      '没有写入,车道没有启动;账本在那里打不开',
      'Nothing was written and the lanes did not start; a ledger cannot be opened there',
    ),
    todo: t('换一个路径短些的目录', 'Choose a folder with a shorter path'),
  },
  'DATA-04': {
    what: t('数据目录在 OneDrive 里', 'The data folder lies in OneDrive'),
    means: t(
      '没有写入;同步会在收费中途锁住账本,没有网络时账本可能打不开',
      'Nothing was written; syncing would lock the ledger while a car is charged, and without a network it may not open',
    ),
    todo: t(
      '换一个不同步的目录,例如 C:\\车场',
      'Choose a folder that is not synced, such as C:\\lot',
    ),
  },
  'API-01': {
    what: t(
      '调用不在接口表里或参数不对',
      'The call is not in the API table or its arguments are wrong',
    ),
    todo: t('检查调用方版本', 'Check the version of the caller'),
  },
  'API-02': {
    what: t('当前角色无权执行', 'This role has no right to do that'),
    todo: t('用有权限的账号登录', 'Sign in with an account that has the right'),
  },
  'API-03': {
    what: t('访问令牌缺失或不对', 'The access token is missing or wrong'),
    todo: t('读取 run 目录下的令牌文件', 'Read the token file in the run folder'),
  },
  'RUN-01': {
    what: t('车道没有在运行', 'The lanes are not running'),
    means: t('此刻不能扣费,道闸保持原状', 'Nothing can be charged now; the barrier stays as it is'),
    todo: t('无需操作,它会自动重新启动', 'Nothing has to be done: it restarts by itself'),
  },
  'RUN-02': {
    what: t('这个停车场的车道没有在运行', 'The lanes of this car park are not running'),
    means: t('看不到车道的状态', 'The state of the lanes is not visible'),
    todo: t(
      '启动车道的服务,窗口会自动连上;重启这台电脑也会启动它',
      'Start the service of the lanes, or restart this computer; the window finds them by itself',
    ),
    command: 'run --data DIR',
  },
  'RUN-03': {
    what: t('没有得到回答', 'No answer came'),
    means: t('这次操作是否生效还不知道', 'It is not known whether the action took effect'),
    todo: t(
      '先看车道和账,再决定要不要重做;在同一张表单里再按一次,不会办成两次',
      'Look at the lane and the records before doing it again; pressed once more in the same form, it is not carried out twice',
    ),
  },
  'RUN-05': {
    what: t('这台电脑太忙,没有读完', 'This computer is too busy; the content was not read in time'),
    means: t(
      '查看不改动任何东西,车道和账都照旧',
      'Viewing changes nothing: the lanes and the ledger are unchanged',
    ),
    todo: t(
      '再试一次;三次不行就重启这个程序',
      'Try again; after three failures restart this program',
    ),
  },
  'RUN-04': {
    what: t(
      '这里的车道由这台电脑的另一个用户运行',
      'These lanes are run by another user of this computer',
    ),
    means: t(
      '车道照常工作;当前用户看不到也管不了它们',
      'The lanes work as usual; the current user can neither see nor control them',
    ),
    todo: t(
      '用那个用户打开;或由管理员把数据目录交给当前用户,再重新装一次服务',
      'Open it as that user; or let an administrator give the data folder to the current user and install the service again',
    ),
    command: 'install --data DIR',
  },
  'LANE-01': {
    what: t('没有这条车道', 'There is no such lane'),
    todo: t('用 lane state 查看车道编号', 'Run lane state to see the lane ids'),
  },
  'LANE-02': {
    what: t('这一操作现在不适用', 'This action does not apply now'),
    todo: t('先看本车状态', 'Check the state of the car first'),
  },
  'UPLOAD-01': {
    what: t('上传记录的字段不合规定', 'A field of the upload breaks a rule'),
    todo: t('改正所示字段', 'Correct the field shown'),
  },
  'UPLOAD-02': {
    what: t('上传文本含有平台不接受的字符', 'The upload has a character the platform refuses'),
    todo: t('删除所示的四字节字符', 'Remove the four-byte character shown'),
  },
  'SYS-01': {
    what: t('本机缺少所需的部件', 'A component that is needed is missing on this computer'),
    means: nothingDone,
    todo: t('运行所示命令', 'Run the command shown'),
  },
})

export const faults = {
  ...generalFaults,
  ...ledgerFaults,
  ...certificateFaults,
  ...clockFaults,
  ...deviceFaults,
  ...meterFaults,
  ...findFaults,
  ...profileFaults,
  ...passportFaults,
  ...platformFaults,
  ...memberFaults,
  ...payFaults,
  ...orderFaults,
  ...billingFaults,
  ...centreFaults,
  ...feedFaults,
  ...recoveryFaults,
  ...reportFaults,
  ...supportFaults,
  ...surveyFaults,
  ...updateFaults,
  ...transferFaults,
  ...peopleFaults,
  ...setupFaults,
  ...acceptanceFaults,
  ...badInputFaults,
} as const satisfies Record<string, FaultRow>

export type FaultCode = keyof typeof faults

export const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(faults, code)

export interface FaultDetail {
  readonly file?: string
  /** JSON pointer of the offending member. */
  readonly field?: string
  readonly value?: string
  /** Why just this one, for example the pid that holds a lock. */
  readonly note?: Why
  /** Replaces the table's `todo` where a concrete command helps more. */
  readonly todo?: string
  /** The cause may pass by itself, though the code usually stands for a lasting fault. */
  readonly mayPass?: true
}

/** The one error class for faults of the world. `message` starts with the code. */
export class LaneFault extends Error {
  readonly code: FaultCode
  readonly detail: FaultDetail
  constructor(code: FaultCode, detail: FaultDetail = {}) {
    const why = detail.note === undefined ? '' : `: ${whyIn(detail.note)}`
    super(`${code} ${faults[code].what.en}${why}`)
    this.name = 'LaneFault'
    this.code = code
    this.detail = detail
  }
}

/** A fault as an event of the log keeps it: its code and what has no words; the window has its sentences. */
export const tracedFault = ({ code, detail: { note, value } }: LaneFault): string =>
  `${code} ${typeof note === 'string' ? note : (value ?? '')}`.trim()

/** The error object of contract.md section 2. */
export function faultJson(
  fault: LaneFault,
  language: 'zh' | 'en' = 'zh',
): {
  error: {
    code: string
    message: string
    file: string
    field: string
    value: string
    todo: string
    /** What stands behind the colon of the message, in both languages; absent where it has no words. */
    why?: BilingualText
  }
} {
  const row: FaultRow = faults[fault.code]
  return {
    error: {
      code: fault.code,
      message: `${row.what[language]}${noteBehind(fault.detail.note, language)}`,
      file: fault.detail.file ?? '',
      field: fault.detail.field ?? '',
      value: fault.detail.value ?? '',
      todo: fault.detail.todo ?? row.todo[language],
      ...(typeof fault.detail.note === 'object' ? { why: fault.detail.note } : {}),
    },
  }
}
