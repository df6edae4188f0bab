// Faults of device profiles: rows of the table in faults.ts, which takes them all in.
// A finding of `etc-lane profile` has one of these codes, with file, JSON pointer and value.
import type { BilingualText, FaultRow } from '../values/fault-text.ts'

const t = (zh: string, en: string): BilingualText => ({ zh, en })

const notUsed = t('该设备资料没有被采用,原有资料不变', 'It is not used, earlier profiles stay')

const row = (what: BilingualText, todo: BilingualText): FaultRow => ({ what, means: notUsed, todo })

export const profileFaults = {
  'PROFILE-01': row(
    t('设备资料的成员不合规定', 'A member of the device profile breaks its rule'),
    t(
      '按 etc-lane profile schema 改正所示成员',
      'Correct the member shown; see etc-lane profile schema',
    ),
  ),
  'PROFILE-02': row(
    t('设备资料的路径和内容不一致,或编号重复', 'Path and content differ, or an id is there twice'),
    t(
      '放到 <kind>/<vendor>/<model>.json,且每个编号只用一次',
      'Put it at <kind>/<vendor>/<model>.json, each id once',
    ),
  ),
  'PROFILE-03': row(
    t('引用的模板不存在、不合规定或又引用模板', 'A template is missing, broken or uses a template'),
    t(
      '改正 $use 的名称;模板里不能再用 $use',
      'Correct the name behind $use; a template uses no template',
    ),
  ),
  'PROFILE-04': row(
    t('帧表有重叠、空隙或长度不符', 'The frame table has an overlap, a gap or a wrong length'),
    t('按所示帧逐字节核对偏移和长度', 'Check offsets and lengths of the frame shown'),
  ),
  'PROFILE-05': row(
    t('取值范围不可能成立', 'A range cannot be'),
    t('改正所示的上下限、步长或单位', 'Correct the bounds, step or unit shown'),
  ),
  'PROFILE-06': row(
    t('同一代码、名称或编号出现两次', 'A code, word or id stands there twice'),
    t('删除或改名其中之一', 'Remove or rename one of them'),
  ),
  'PROFILE-07': row(
    t('扣费结果代码没有写明钱的状态', 'A result code does not say what became of the money'),
    t(
      '给每个代码写上 money:paid、unpaid 或 unknown;没有依据时写 unknown',
      'Give each code money: paid, unpaid or unknown; unknown without a source',
    ),
  ),
  'PROFILE-08': row(
    t('示例解不出所写的内容', 'An example does not decode to what it says'),
    t('核对示例字节、帧表和期望值', 'Compare bytes, table and expected values'),
  ),
  'PROFILE-09': row(
    t('示例不能还原成相同的字节', 'An example is not written back as the same bytes'),
    t('核对校验、保留字节和长度', 'Check check bytes, reserved bytes and lengths'),
  ),
  'PROFILE-10': row(
    t('所指的帧或字段不在帧表里', 'A frame or field that is named is not in the table'),
    t('改成帧表里有的帧和字段', 'Name a frame and a field of the table'),
  ),
  'PROFILE-11': row(
    t('默认值超出范围', 'A default lies outside its range'),
    t('改正默认值或范围', 'Correct the default or the range'),
  ),
  'PROFILE-12': row(
    t('状态和依据不相符', 'Status and evidence do not belong together'),
    t(
      '写明 basis 中的来源;只有见过实机才是 verified-on-unit',
      'Name a source of basis; verified-on-unit needs a unit that was seen',
    ),
  ),
  'PROFILE-13': row(
    t('标准附录 A 的行缺失、多余或重复', 'A row of Annex A is missing, not of this kind or twice'),
    t(
      '本类设备的每一行写一次;不知道的值写 null',
      'Write each row of the kind once; null where it is not stated',
    ),
  ),
  'PROFILE-14': row(
    t('驱动不能按这份资料工作', 'The driver cannot work with this profile'),
    t('补上所示的帧、字段或代码,或改用别的协议', 'Add what is shown, or name another protocol'),
  ),
  'PROFILE-15': row(
    t('机械调整项不能由链路写入或读回', 'A mechanical setting is not written or read over a link'),
    t('去掉 writes 和 reads', 'Remove writes and reads'),
  ),
  'PROFILE-16': row(
    t('固件版本范围重叠', 'Firmware ranges overlap'),
    t('让各范围互不重叠', 'Let no two ranges overlap'),
  ),
  'PROFILE-17': row(
    t('签名不对、已吊销或不属于这个文件', 'The signature is bad, revoked or of another file'),
    t('向提供资料的人要签名正确的文件', 'Ask whoever gave it for a file with a good signature'),
  ),
  'PROFILE-18': row(
    t('修订号不比已安装的新,内容却不同', 'It differs from the installed one and is not newer'),
    t(
      '提高 revision;要退回旧版用 profile import --undo',
      'Raise revision; to go back use profile import --undo',
    ),
  ),
  'PROFILE-19': row(
    t('这不是设备资料文件', 'This is not a device profile file'),
    t(
      '只接受 JSON 文件和同名 .sig;压缩包先解开',
      'One JSON file and its .sig are taken; unpack archives first',
    ),
  ),
  'PROFILE-20': {
    what: t('没有可以撤销的导入', 'There is no import to undo'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t('无需操作', 'Nothing to do'),
  },
  'PROFILE-21': {
    what: t('车道还在使用这份设备资料', 'A lane still uses this profile'),
    means: t('没有改动,车道照常运行', 'Nothing was changed, the lane goes on'),
    todo: t('先改所示车道的链路,再撤销', 'Change the link shown first, then undo'),
  },
  'PROFILE-22': {
    what: t('设备库在检查之后又有变动', 'The library changed since the files were checked'),
    means: t('没有改动,车道照常运行', 'Nothing was changed, the lanes go on'),
    todo: t(
      '重新检查这些文件,看清差异后再操作',
      'Check the files again and look at the differences',
    ),
  },
  'PROFILE-26': {
    what: t('目前没有设备按这份资料工作', 'No device works by this profile yet'),
    means: t(
      '资料已保存,可供查看和核对;相机、显示屏、授时等仍按链路和内置驱动工作,资料里的参数不生效',
      'It is kept to be read and compared; cameras, displays and clocks work by their link and the built-in driver, and nothing that it says takes effect',
    ),
    todo: t(
      '按资料的说明在设备上设置;lot.json 里有该设备的链路时,把参数写在链路里',
      'Set the device by what it says; where lot.json has a link of it, write the parameters there',
    ),
  },
} as const satisfies Record<string, FaultRow>
