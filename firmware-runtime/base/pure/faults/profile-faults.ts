// Faults of device profiles, also of those that would change what becomes of money: a code list that says more than is
// known, and a frame table that reads amount, result or proof elsewhere. The findings of `etc-lane profile` have these codes.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

const moneyAtRisk = t(
  '该设备资料没有被采用,原有资料不变;否则失败可能被记成已扣,或同一笔钱被扣两次',
  'The profile is not used and the earlier ones stay in use; otherwise a failure could be recorded as paid, or the same money charged twice',
)

/** What most faults of a class mean. */
const means = {
  PROFILE: t(
    '该设备资料没有被采用,原有资料不变',
    'The profile is not used; the earlier profiles stay in use',
  ),
}

export const profileFaults = faultRows(means, {
  'PROFILE-01': {
    what: t('设备资料的成员不合规定', 'A member of the device profile breaks a rule'),
    todo: t('改正所示成员,再导入一次', 'Correct the member shown and import the profile again'),
    command: 'profile schema',
  },
  'PROFILE-02': {
    what: t(
      '设备资料的路径和内容不一致,或编号重复',
      'Path and content of a device profile differ, or an id is used twice',
    ),
    todo: t(
      '放到 <kind>/<vendor>/<model>.json,且每个编号只用一次',
      'Put it at <kind>/<vendor>/<model>.json and use each id only once',
    ),
  },
  'PROFILE-03': {
    what: t(
      '引用的模板不存在、不合规定或又引用模板',
      'A template is missing, breaks a rule or uses another template',
    ),
    todo: t(
      '改正 $use 的名称;模板里不能再用 $use',
      'Correct the name in $use; a template cannot use $use itself',
    ),
  },
  'PROFILE-04': {
    what: t(
      '帧表有重叠、空隙或长度不符',
      'The frame table has an overlap, a gap or a wrong length',
    ),
    todo: t('按所示帧逐字节核对偏移和长度', 'Check offsets and lengths of the frame shown'),
  },
  'PROFILE-05': {
    what: t('取值范围不可能成立', 'This range is impossible'),
    todo: t('改正所示的上下限、步长或单位', 'Correct the limits, the step or the unit shown'),
  },
  'PROFILE-06': {
    what: t('同一代码、名称或编号出现两次', 'A code, a name or an id appears twice'),
    todo: t('删除或改名其中之一', 'Remove or rename one of them'),
  },
  'PROFILE-07': {
    what: t(
      '扣费结果代码没有写明钱的状态',
      'A result code does not say whether the money was charged',
    ),
    todo: t(
      '给每个代码写上 money:paid、unpaid 或 unknown;没有依据时写 unknown',
      'Give each code a money value: paid, unpaid or unknown; write unknown if there is no source',
    ),
  },
  'PROFILE-08': {
    what: t('示例解不出所写的内容', 'An example does not decode to the values it gives'),
    todo: t(
      '核对示例字节、帧表和期望值',
      'Compare the bytes of the example, the frame table and the expected values',
    ),
  },
  'PROFILE-09': {
    what: t('示例不能还原成相同的字节', 'An example cannot be encoded back into the same bytes'),
    todo: t(
      '核对校验、保留字节和长度',
      'Compare the check bytes, the reserved bytes and the lengths',
    ),
  },
  'PROFILE-10': {
    what: t(
      '所指的帧或字段不在帧表里',
      'A frame or a field that is referred to is not in the frame table',
    ),
    todo: t('改成帧表里有的帧和字段', 'Use a frame and a field of the frame table'),
  },
  'PROFILE-11': {
    what: t('默认值超出范围', 'A default lies outside its range'),
    todo: t('改正默认值或范围', 'Correct the default or the range'),
  },
  'PROFILE-12': {
    what: t('状态和依据不相符', 'The status does not match the evidence'),
    todo: t(
      '写明 basis 中的来源;只有见过实机才是 verified-on-unit',
      'Name the source in basis; use verified-on-unit only if a real unit was seen',
    ),
  },
  'PROFILE-13': {
    what: t(
      '标准附录 A 的行缺失、多余或重复',
      'A row of Annex A is missing, is repeated or does not belong to this kind',
    ),
    todo: t(
      '本类设备的每一行写一次;不知道的值写 null',
      'Write each row for this kind of device once; write null if the value is not known',
    ),
  },
  'PROFILE-14': {
    what: t('驱动不能按这份资料工作', 'The driver cannot work with this profile'),
    todo: t(
      '补上所示的帧、字段或代码,或改用别的协议',
      'Add the frame, the field or the code shown, or use another protocol',
    ),
  },
  'PROFILE-15': {
    what: t(
      '机械调整项不能由链路写入或读回',
      'A mechanical setting cannot be written or read over a link',
    ),
    todo: t('去掉 writes 和 reads', 'Remove writes and reads'),
  },
  'PROFILE-16': {
    what: t('固件版本范围重叠', 'Firmware ranges overlap'),
    todo: t('让各范围互不重叠', 'Change the ranges so that they do not overlap'),
  },
  'PROFILE-17': {
    what: t(
      '签名不对、已吊销或不属于这个文件',
      'The signature is wrong, revoked or belongs to another file',
    ),
    todo: t(
      '向提供资料的人要签名正确的文件',
      'Ask the provider for a file with a correct signature',
    ),
  },
  'PROFILE-18': {
    what: t(
      '修订号不比已安装的新,内容却不同',
      'The revision is not newer than the installed one, but the content differs',
    ),
    todo: t(
      '提高 revision;要退回旧版用 profile import --undo',
      'Increase revision; to go back to the earlier one, use profile import --undo',
    ),
  },
  'PROFILE-19': {
    what: t('这不是设备资料文件', 'This is not a device profile file'),
    todo: t(
      '只接受 JSON 文件和同名 .sig;压缩包先解开',
      'Only a JSON file and its .sig are accepted; unpack archives first',
    ),
  },
  'PROFILE-20': {
    what: t('没有可以撤销的导入', 'There is no import to undo'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t('无需操作', 'Nothing has to be done'),
  },
  'PROFILE-21': {
    what: t('车道还在使用这份设备资料', 'A lane still uses this profile'),
    means: t('没有改动,车道照常运行', 'Nothing was changed; the lane keeps running'),
    todo: t('先改所示车道的链路,再撤销', 'Change the link of the lane shown first, then undo'),
  },
  'PROFILE-22': {
    what: t('设备库在检查之后又有变动', 'The library has changed since the files were checked'),
    means: t('没有改动,车道照常运行', 'Nothing was changed; the lanes keep running'),
    todo: t(
      '重新检查这些文件,看清差异后再操作',
      'Check the files again and review the differences before you go on',
    ),
  },
  'PROFILE-26': {
    what: t('目前没有设备按这份资料工作', 'No device uses this profile yet'),
    means: t(
      '资料已保存,可供查看和核对;相机、显示屏、授时等仍按链路和内置驱动工作,资料里的参数不生效',
      'The profile is saved for viewing and checking; cameras, displays and clocks work by their link and the built-in driver, so its parameters take no effect',
    ),
    todo: t(
      '按资料的说明在设备上设置;lot.json 里有该设备的链路时,把参数写在链路里',
      'Set up the device as the profile says; if lot.json has a link of this device, write the parameters in the link',
    ),
  },
  'PROFILE-24': {
    what: t('结果代码的钱的状态没有依据', 'A result code gives a money state without evidence'),
    means: moneyAtRisk,
    todo: t(
      '改成 unknown;内置代码表已知的按内置的写,未列出的代码要有实抓示例(B4、C6 和结果)证明',
      'Write unknown; a code in the built-in list keeps its state, and an unlisted one must be proven by a captured example (B4, C6 and result)',
    ),
  },
  'PROFILE-25': {
    what: t(
      '帧表会从别处读写金额、余额、结果或交易证明',
      'The frame table would read or write the amount, balance, result or proof at another place',
    ),
    means: moneyAtRisk,
    todo: t(
      '按所示字段核对偏移、长度、类型和代码表,与内置帧表一致',
      'Make the offset, length, type and code list of the field shown match the built-in table',
    ),
  },
})
