// Faults of site surveys, their files and their evidence. Rows of the table in faults.ts.
// Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

const lanesGoOn = t('车道不受影响', 'The lanes are not affected')

/** What most faults of a class mean. */
const means = {
  SURVEY: t(
    '勘测文件没有改动;车道不受影响',
    'The survey file is unchanged; the lanes are not affected',
  ),
  EVIDENCE: t(
    '其内容不足为凭;车道不受影响',
    'Its content proves nothing; the lanes are not affected',
  ),
}

export const surveyFaults = faultRows(means, {
  'SURVEY-01': {
    what: t('不是勘测文件', 'This is not a survey file'),
    todo: t(
      '选择 .etcsurvey 文件;若它原是勘测文件,请技术支持抢救',
      'Choose a .etcsurvey file; support staff can save what is left of a file that once was one',
    ),
    command: 'survey repair FILE',
  },
  'SURVEY-02': {
    what: t('勘测文件有损坏', 'The survey file is damaged'),
    means: t(
      '能读出的记录照用,缺失的已列明;车道不受影响',
      'The readable records are used and the lost ones are listed; the lanes are not affected',
    ),
    todo: t(
      '请技术支持另存能读的部分后补测,或换用备份文件',
      'Let support staff save what can be read as a new file and measure the lost items again, or use a backup file',
    ),
    command: 'survey repair FILE',
  },
  'SURVEY-03': {
    what: t('读数不可能或单位不对', 'The reading is impossible or has the wrong unit'),
    todo: t('核对数值与单位后重新录入', 'Check the value and the unit, then enter it again'),
  },
  'SURVEY-04': {
    what: t('该文件已存在', 'The file already exists'),
    todo: t('换一个文件名', 'Choose another name'),
  },
  'SURVEY-05': {
    what: t('照片不是 JPEG 或 PNG 图像', 'The photo is not a JPEG or PNG picture'),
    todo: t('重新拍摄或选择照片', 'Take or choose another photo'),
  },
  'SURVEY-06': {
    what: t('没有可以撤回的记录', 'There is no record to take back'),
    todo: t('先测一个点', 'Measure a point first'),
  },
  'SURVEY-07': {
    what: t('照片太大', 'The photo is too large'),
    todo: t(
      '缩小到 4 MB 以内;在 Studio 中选择照片会自动缩小',
      'Make it smaller than 4 MB; if you choose the photo in Studio, this is done automatically',
    ),
  },
  'SURVEY-08': {
    what: t('勘测文件由更新的版本写成', 'The survey file was written by a newer version'),
    todo: t('先升级软件再打开', 'Update the program, then open the file'),
  },
  'SURVEY-09': {
    what: t('照片缺失或已被改动', 'A photo of the survey is missing or was altered'),
    means: t(
      '其余记录照用;车道不受影响',
      'The other records are still used; the lanes are not affected',
    ),
    todo: t('重新拍摄,或换用备份文件', 'Take the photo again, or use a backup file'),
  },
  'SURVEY-10': {
    what: t('读数太少,无法拟合天线模型', 'There are too few readings to fit the antenna model'),
    todo: t(
      '在区域内均匀补测至少六点,最好十二点',
      'Measure at least six points spread evenly over the area; twelve are better',
    ),
  },
  'SURVEY-11': {
    what: t(
      '没有记录天线的安装与档位,无法拟合',
      'The mounting and the power step of the antenna are not recorded, so no model can be fitted',
    ),
    todo: t(
      '补录 setup:高度、俯角、偏转角、位置(at)与 powerStep',
      'Record a setup with height, down angle, yaw angle, position (at) and powerStep',
    ),
  },
  'SURVEY-12': {
    what: t('读数来自多台天线', 'The readings come from more than one antenna'),
    todo: t('用 --antenna 指定一台', 'Choose one with --antenna'),
  },
  'SURVEY-20': {
    what: t('这项测试正在进行', 'This test is already running'),
    todo: t('等它结束,或先停止', 'Wait until it ends, or stop it first'),
  },
  'SURVEY-21': {
    what: t('演示模式不碰真实设备', 'The demo does not use real devices'),
    todo: t(
      '用本机模拟器,或切换到工作台',
      'Use a simulator on this computer, or switch to the workbench',
    ),
  },
  'SURVEY-22': {
    what: t('有未列出的标签应答', 'An OBU that is not on the list answered'),
    means: t(
      '它没有计入,其余照记;车道不受影响',
      'It was not counted, but all others were; the lanes are not affected',
    ),
    todo: t(
      '查明它在哪条车道,写进名单后重测',
      'Find out in which lane it is, add it to the list and measure again',
    ),
  },
  'SURVEY-30': {
    what: t('两份文件不是同一次勘测', 'The two files do not belong to the same survey'),
    todo: t(
      '停车场、车道和网格必须一致;不同的勘测请用对比',
      'The car park, the lane and the grid must be the same; use the comparison for different surveys',
    ),
  },
  'SURVEY-31': {
    what: t('同一条记录在两份文件中内容不同', 'The same record differs between the two files'),
    todo: t(
      '其中一份被改动过:用原始文件重新合并',
      'One of the files was altered: merge the original files again',
    ),
  },
  'SURVEY-40': {
    what: t(
      '有项目没有通过,还不能签字',
      'Some rows have not passed, so the survey cannot be signed yet',
    ),
    todo: t(
      '先整改、补测所列项目;仍要签字的,逐项写明,并写理由和责任人',
      'Correct and measure the rows listed; to sign anyway, name each of them and give the reason and the person responsible',
    ),
  },
  'SURVEY-41': {
    what: t('标志图片不能用', 'The logo cannot be used'),
    todo: t(
      '换一张 PNG:不隔行、每通道 8 位、边长不超过 1200 像素、文件不超过 256 KB;在 Studio 中选择会自动转换',
      'Use another PNG: not interlaced, 8 bits per channel, at most 1200 pixels per edge and 256 KB; Studio converts any picture you choose',
    ),
  },
  'SURVEY-42': {
    what: t('这些项目已经测过或回答过', 'These rows have already been measured or answered'),
    todo: t(
      '要重测或改答,请写明理由(至少 10 个字);两次都保留并印入报告,测量以较差的完整一次为准',
      'To measure or answer again, give the reason (10 characters or more): both are kept and printed in the report, and of measurements the worse complete one counts',
    ),
  },
  'SURVEY-44': {
    what: t(
      '天线的通信区域变短了:过车记录显示,电子标签比基准期更靠近道闸才应答',
      'The communication zone of the antenna has become shorter: the passages show that OBUs answer nearer to the barrier than in the reference period',
    ),
    means: t(
      '车辆读得更晚、机会更少,可能读不到而停车;收费照旧判定',
      'Cars are read later and have fewer chances, so some may not be read and have to stop; charging is judged as usual',
    ),
    todo: t(
      '检查天线俯角、功率档、馈线和遮挡;修好后复测;若是有意改动,重新建立基准',
      'Check the down angle, the power step, the feeder cable and obstacles of the antenna, then measure again; if the change was intended, start a new reference',
    ),
    command: 'survey passing --begin',
  },
  'SURVEY-45': {
    what: t(
      '天线的通信区域变长了:过车记录显示,电子标签比基准期更远就应答',
      'The communication zone of the antenna has become longer: the passages show that OBUs answer farther away than in the reference period',
    ),
    means: t(
      '后车和邻道车可能被先读到;车牌与标签不符的照旧不收费',
      'The car behind or a car in the neighbour lane may be read first; as before, an OBU that does not match the plate is not charged',
    ),
    todo: t(
      '检查天线俯角和功率档,复测表 D.1 第 5、6 项;若是有意改动,重新建立基准',
      'Check the down angle and the power step of the antenna and measure rows 5 and 6 of table D.1 again; if the change was intended, start a new reference',
    ),
    command: 'survey passing --begin',
  },
  'SURVEY-46': {
    what: t(
      '天线通信区域的近端移动了:过车记录显示,电子标签最后应答的位置变了',
      "The near end of the antenna's zone has moved: the passages show that OBUs give their last answer at another place",
    ),
    means: t(
      '停在道闸前的车可能读不全,或驶过后仍被读到',
      'A car that stands at the barrier may not be read completely, or a car that has passed may still be read',
    ),
    todo: t(
      '检查天线方向和安装是否松动;若是有意改动,重新建立基准',
      'Check whether the antenna has turned or come loose; if the change was intended, start a new reference',
    ),
    command: 'survey passing --begin',
  },
  'SURVEY-47': {
    what: t(
      '天线读到邻道车比基准期更频繁',
      'The antenna reads cars in the neighbour lane more often than in the reference period',
    ),
    means: t(
      '邻道车占用读卡时间,本道车等得更久;车牌与标签不符的照旧不收费',
      'They take up reading time, so cars in this lane wait longer; as before, an OBU that does not match the plate is not charged',
    ),
    todo: t(
      '检查天线是否向邻道偏转、功率是否过大,复测表 D.1 第 6 项;若是有意改动,重新建立基准',
      'Check whether the antenna has turned to the neighbour lane or its power is too high, and measure row 6 of table D.1 again; if the change was intended, start a new reference',
    ),
    command: 'survey passing --begin',
  },
  'EVIDENCE-01': {
    what: t('证据文件被改动或损坏', 'The evidence file was altered or is damaged'),
    todo: t('向提交人索取原文件', 'Ask the person who submitted it for the original file'),
  },
  'EVIDENCE-02': {
    what: t('证据的签名不成立', 'The signature of the evidence is not valid'),
    todo: t('向签名人索取有效的文件', 'Ask the signer for a valid file'),
  },
  'EVIDENCE-04': {
    what: t(
      '证据完整,但签名人不在所列名单',
      'The evidence is intact, but its signer is not on the list',
    ),
    means: t('未被改动,但不知由谁签名', 'It was not altered, but it is not known who signed it'),
    todo: t(
      '向签名人索取证书,核对其 SM3 后加入名单',
      'Ask the signer for the certificate, check its SM3, then add it to the list',
    ),
  },
  'EVIDENCE-05': {
    what: t('证据的时间无第三方证明', 'No third party attests the time of the evidence'),
    means: t('签名时间只是签名电脑所说', 'The signing time is only what the signing computer said'),
    todo: t(
      '生成时用 --tsa 取 RFC 3161 时间戳,核验时用 --tsa-ca 指定信任的时间戳颁发机构',
      'Make it with --tsa to get an RFC 3161 time stamp; verify it with --tsa-ca to name the time-stamping authority you trust',
    ),
  },
  'EVIDENCE-06': {
    what: t('时间戳不成立', 'The time stamp is not valid'),
    means: t('证据的时间没有第三方证明', 'No third party attests the time of the evidence'),
    todo: t(
      '生成时遇到的,核对时间戳服务和 --tsa-ca 后重做;核验时遇到的,向提交人索取原文件',
      'If this happened while making it: check the time-stamping service and --tsa-ca, then make it again; if while verifying: ask the submitter for the original file',
    ),
  },
  'EVIDENCE-08': {
    what: t('撤销列表读不出来', 'The revocation list cannot be read'),
    means: t('证据没有核验', 'The evidence was not verified'),
    todo: t(
      '向颁发机构取 PEM 格式的 CRL(不超过 64 KB)',
      'Get the CRL of the authority in PEM format, 64 KB at most',
    ),
  },
  'EVIDENCE-07': {
    what: t(
      '没有从时间戳服务取得时间戳',
      'No time stamp was obtained from the time-stamping service',
    ),
    means: t(
      '证据已生成,时间没有第三方证明',
      'The evidence was made, but no third party attests its time',
    ),
    todo: t(
      '检查网络和 --tsa 的地址,再生成一份',
      'Check the network and the address of --tsa, then make it again',
    ),
  },
  'EVIDENCE-03': {
    what: t('没有可用于签名的密钥', 'There is no key to sign with'),
    means: lanesGoOn,
    todo: t(
      '用 --key 和 --cert 指定密钥与证书',
      'Name the key and its certificate with --key and --cert',
    ),
  },
})
