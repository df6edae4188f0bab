// The papers in order: J.1 and K.1 row by row, the fault plan of 10.3.2.1 a, the network sheet of 9.2 a to f, and the
// sheets for level-2 grading and cryptography required by 9.2 e and f. The rows come from the text; the questions of a
// paper are our own.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { KnownKey, Paper, PaperField, PaperGroup } from './paper.ts'

type Line = readonly [id: string, zh: string, en: string]
const ask = ([id, zh, en]: Line): PaperField => ({ id, ask: t(zh, en) })
const known = (key: KnownKey, zh: string, en: string): PaperField => ({
  id: key,
  ask: t(zh, en),
  known: key,
})

const paper = (
  id: `${PaperGroup}${number}`,
  clause: string,
  title: BilingualText,
  printed: string | null,
  fields: readonly PaperField[],
  assumed: BilingualText | null = null,
): Paper => ({ id, group: id.slice(0, 1) as PaperGroup, clause, title, printed, assumed, fields })

const management: readonly Paper[] = [
  paper('J1', 'J.1-1', t('项目概况', 'The project'), '项目概况', [
    known('lot', '停车场', 'Car park'),
    known('lanes', '车道', 'Lanes'),
    known('devices', '设备', 'Devices'),
    ask(['parties', '建设、运营和运维单位', 'Who built, runs and maintains it']),
    ask(['scope', '系统范围和边界', 'What belongs to the system, and where it ends']),
  ]),
  paper('J2', 'J.1-2', t('安全责任制度', 'Responsibility'), '安全责任制度总则和细则', [
    known('people', '人员和身份', 'People and roles'),
    ask(['head', '安全负责人', 'Who answers for security']),
    ask(['general', '总则', 'General rules']),
    ask(['detail', '细则', 'Detailed rules']),
  ]),
  paper('J3', 'J.1-3', t('安全操作规程', 'Operation'), '安全操作规程', [
    known('offline', '断网时的处理', 'Without network'),
    ask(['daily', '日常操作', 'Daily operation']),
    ask(['change', '变更和升级', 'Changes and updates']),
    ask(['money', '收费、退费和交接班', 'Taking money, refunds, shifts']),
  ]),
  paper('J4', 'J.1-4', t('监督检查制度', 'Supervision'), '安全监督检查制度', [
    known('audit', '系统留下的记录', 'What the system records'),
    ask(['rounds', '检查周期和内容', 'What is checked, and how often']),
    ask(['findings', '问题的整改', 'How findings are mended']),
  ]),
  paper('J5', 'J.1-5', t('设备与密钥安全管理', 'Devices and keys'), '设备与密钥安全管理制度', [
    known('devices', '设备', 'Devices'),
    known('certificates', '证书', 'Certificates'),
    known('secrets', '密封的密钥和密码', 'Sealed keys and passwords'),
    ask(['custody', '保管人和领用', 'Custody, and who takes them out']),
    ask(['end', '停用和销毁', 'Withdrawal and destruction']),
  ]),
]

const emergency: readonly Paper[] = [
  paper('K1', 'K.1-1', t('概况与总则', 'Overview'), '概况说明与总则', [
    known('lot', '停车场', 'Car park'),
    ask(['aim', '目的和适用范围', 'Aim and scope']),
    ask(['levels', '事件分级', 'Levels of incidents']),
  ]),
  paper('K2', 'K.1-2', t('事故风险', 'Risks'), '事故风险描述', [
    known('offline', '断网时的处理和上限', 'Without network, and its caps'),
    ask(['risks', '风险和影响', 'Risks and what they do']),
  ]),
  paper('K3', 'K.1-3', t('组织机构及职责', 'Organisation'), '应急组织机构及职责', [
    known('people', '人员和身份', 'People and roles'),
    ask(['lead', '指挥', 'Who leads']),
    ask(['groups', '小组和职责', 'Groups and duties']),
  ]),
  paper('K4', 'K.1-4', t('预警及信息报告', 'Warning and reporting'), '预警及信息报告', [
    known('calls', '系统的呼叫', 'Calls of the system'),
    ask(['chain', '报告的对象和时限', 'To whom, and within what time']),
  ]),
  paper('K5', 'K.1-5', t('应急响应', 'Response'), '应急响应', [
    known('offline', '系统自己做什么', 'What the system does by itself'),
    ask(['steps', '人员做什么', 'What people do']),
    ask(['cars', '车辆疏导', 'How cars are led out']),
  ]),
  paper('K6', 'K.1-6', t('信息公开', 'Information'), '信息公开', [
    ask(['public', '向谁、由谁、如何公布', 'To whom, by whom and how']),
  ]),
  paper('K7', 'K.1-7', t('后期处置', 'Afterwards'), '后期处置', [
    known('runs', '系统的核对', 'What the system has judged'),
    ask(['money', '待核对的款项', 'Money that is to be checked']),
    ask(['review', '总结和改进', 'Review']),
  ]),
  paper('K8', 'K.1-8', t('保障措施', 'Means'), '保障措施', [
    known('copies', '备份和异地副本', 'Backups and copies'),
    ask(['spares', '备件、备电和备用线路', 'Spares, power and second lines']),
  ]),
  paper('K9', 'K.1-9', t('培训与演练', 'Training and drills'), '应急预案培训与演练宜每年进行一次', [
    known('drills', '演练记录', 'Drills on record'),
    known('rehearsals', '断网演练', 'Rehearsed outages'),
    ask(['plan', '年度计划', 'Plan of the year']),
  ]),
  paper('K10', 'K.1-10', t('联系方式与物资', 'Contacts and goods'), '应急联系方式与物资清单', [
    ask(['contacts', '联系方式', 'Contacts']),
    ask(['goods', '物资清单', 'Goods']),
  ]),
]

const faults: readonly Paper[] = [
  paper('M1', '10.3.2.1 a', t('故障处理预案', 'Plan for faults'), null, [
    known('offline', '断网时系统自己做什么', 'What the system does without network'),
    known('copies', '备份和异地副本', 'Backups and copies'),
    known('rehearsals', '断网演练', 'Rehearsed outages'),
    known('calls', '系统的呼叫', 'Calls of the system'),
    ask(['levels', '故障分级和响应时限', 'Grades of faults, and within what time']),
    ask(['steps', '各类故障的处理步骤', 'Steps for each kind of fault']),
    ask([
      'restore',
      '快速恢复:备机、备件和恢复副本的人',
      'Quick restore: spare machine, parts, who restores',
    ]),
    ask(['contacts', '报修对象和电话', 'Whom to call']),
  ]),
]

const network: readonly Paper[] = [
  paper(
    'N1',
    '9.2 a',
    t('处理能力和带宽', 'Capacity'),
    '保证网络设备的业务处理能力、网络各个部分的带宽满足高峰期业务需要',
    [
      known('link', '勘测的链路', 'Link as surveyed'),
      known('capacity', '系统的判定', 'Judged by the system'),
      ask(['peak', '高峰期业务量和带宽', 'Load and bandwidth at peak']),
    ],
  ),
  paper(
    'N2',
    '9.2 b',
    t('区域和地址', 'Zones'),
    '根据不同的业务功能划分不同的网络区域，并为各网络区域分配地址',
    [
      known('devices', '设备的地址', 'Addresses of devices'),
      ask(['zones', '区域和网段', 'Zones and their addresses']),
    ],
  ),
  paper(
    'N3',
    '9.2 c',
    t('边界防护', 'Boundary'),
    '将重要网络服务部署在网络核心区域且在边界处采取防护措施',
    [
      known('listeners', '监听的端口', 'Ports that listen'),
      known('destinations', '对外的连接', 'Connections outward'),
      known('boundary', '系统的判定', 'Judged by the system'),
      ask(['wall', '防火墙和策略', 'Firewall and its rules']),
    ],
  ),
  paper(
    'N4',
    '9.2 d',
    t('冗余', 'Redundancy'),
    '提供通信线路、关键及重要网络设备的冗余，保证系统的高可用性',
    [
      known('copies', '数据的副本', 'Copies of the data'),
      ask(['lines', '线路和设备的冗余', 'Second lines and devices']),
    ],
  ),
  paper(
    'N5',
    '9.2 e',
    t('等级保护', 'Grading'),
    '停车场计费系统、ETC接入系统及其他同一网络内的系统宜按网络安全等级保护第二级的要求管理',
    [
      ask(['filing', '定级备案编号和日期', 'Number and date of the filing']),
      ask(['assessed', '测评机构、日期和结论', 'Who assessed it, when, and the result']),
    ],
  ),
  paper(
    'N6',
    '9.2 f',
    t('密码保障', 'Cryptography'),
    '停车场计费系统、ETC接入系统及其他同一网络的系统宜按照网络安全等级保护第二级所对应密码保障能力的要求管理',
    [
      known('cryptography', '系统使用的密码', 'Cryptography of the system'),
      ask(['assessed', '密评机构、日期和结论', 'Who assessed it, when, and the result']),
    ],
  ),
]

const aspects = t(
  '层面的名称按 GB/T 22239—2019 第二级和 GB/T 39786—2021,假定;本文未列其条款',
  'The names of the aspects follow level 2 of GB/T 22239-2019 and GB/T 39786-2021; this is assumed, as the standard does not list their clauses',
)

const sheets: readonly Paper[] = [
  paper(
    'S1',
    '9.2 e',
    t('等保二级情况表', 'Level-2 grading sheet'),
    null,
    [
      known('listeners', '安全通信网络:监听', 'Network: what listens'),
      known('destinations', '安全区域边界:对外连接', 'Boundary: connections outward'),
      known('people', '安全计算环境:身份和权限', 'Computing: identities and rights'),
      known('audit', '安全计算环境:审计', 'Computing: audit'),
      known('copies', '安全计算环境:备份和恢复', 'Computing: backup'),
      known('clock', '安全管理中心:时钟', 'Management centre: clocks'),
      ask(['physical', '安全物理环境', 'Physical surroundings']),
      ask(['malware', '恶意代码防范', 'Protection from malware']),
      ask(['organisation', '安全管理机构和人员', 'Organisation and people']),
      ask(['building', '安全建设管理', 'Building it']),
      ask(['running', '安全运维管理', 'Running it']),
    ],
    aspects,
  ),
  paper(
    'S2',
    '9.2 f',
    t('密码应用情况表', 'Cryptography sheet'),
    null,
    [
      known('cryptography', '网络和通信、应用和数据', 'Network, applications and data'),
      known('certificates', '证书', 'Certificates'),
      known('secrets', '密钥的保存', 'How keys are kept'),
      ask([
        'physical',
        '物理和环境:门禁和监控的密码',
        'Physical: cryptography of doors and cameras',
      ]),
      ask(['devices', '设备和计算:登录和远程管理', 'Devices: sign-in and remote administration']),
      ask(['management', '管理制度和人员', 'Rules and people']),
    ],
    aspects,
  ),
]

export const papers: readonly Paper[] = [
  ...management,
  ...emergency,
  ...faults,
  ...network,
  ...sheets,
]
export const paperOf = (id: string): Paper | null => papers.find((one) => one.id === id) ?? null
