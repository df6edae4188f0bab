// Faults of instruments that measure the field, and of readings from a file. Rows of the one table in
// faults.ts. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const noReading = t(
  '没有读数,测试记录不变;车道照常通行',
  'There is no reading, the survey is untouched; cars pass as before',
)

export const meterFaults = {
  'METER-01': {
    what: t('仪器测不到 5.8 GHz', 'The instrument does not reach 5.8 GHz'),
    means: noReading,
    todo: t(
      '换上限不低于 6 GHz 的型号;tinySA 须为 ZS407 并开启 Ultra',
      'Use a model that reaches 6 GHz; a tinySA must be a ZS407 with Ultra on',
    ),
  },
  'METER-02': {
    what: t('线上的仪器与资料不符', 'The instrument on the link is not the one of the profile'),
    means: noReading,
    todo: t('核对链路和仪器型号', 'Check the link and which instrument is chosen'),
  },
  'METER-03': {
    what: t('仪器拒绝一条命令', 'The instrument refuses a command'),
    means: noReading,
    todo: t(
      '核对型号、固件和选件,再测一次',
      'Check model, firmware and options, then measure again',
    ),
  },
  'METER-04': {
    what: t('仪器没有及时应答', 'The instrument did not answer in time'),
    means: noReading,
    todo: t('检查线缆和电源,再测一次', 'Check cable and power, then measure again'),
  },
  'METER-05': {
    what: t(
      '仪器的模式或设置在测试中变了',
      'Mode or settings of the instrument changed while it measured',
    ),
    means: noReading,
    todo: t('不要操作面板,再测一次', 'Leave its panel alone and measure again'),
  },
  'METER-06': {
    what: t('仪器没有给出有效电平', 'The instrument gave no valid level'),
    means: noReading,
    todo: t('检查探头和衰减,再测一次', 'Check probe and attenuation, then measure again'),
  },
  'METER-07': {
    what: t('没有连上仪器', 'The instrument is not connected'),
    means: noReading,
    todo: t('检查线缆、地址和仪器电源', 'Check cable, address and power of the instrument'),
  },
  'METER-08': {
    what: t('读数文件里有一处不能采用', 'A value in the file of readings cannot be taken'),
    means: t(
      '整个文件都没有采用,测试记录不变',
      'Nothing of the file was taken, the survey is untouched',
    ),
    todo: t('改正所示行和列,再导入', 'Correct the line and column shown, then read it again'),
  },
  'METER-09': {
    what: t('这不是读数文件', 'This is no file of readings'),
    means: t(
      '整个文件都没有采用,测试记录不变',
      'Nothing of the file was taken, the survey is untouched',
    ),
    todo: t(
      '选择 CSV 文件,并说明各列和单位',
      'Choose a CSV file, and say which column is what and in which unit',
    ),
  },
  'METER-10': {
    what: t('仪器输入过载', 'The input of the instrument is overloaded'),
    means: noReading,
    todo: t(
      '加衰减器并把衰减量计入修正值,或离天线远一些,再测',
      'Put an attenuator before it and add it to the correction, or step back, then measure again',
    ),
  },
  'METER-11': {
    what: t('这一点正在测', 'A point is being taken'),
    means: noReading,
    todo: t('等它测完', 'Wait until it is taken'),
  },
  'METER-12': {
    what: t('读数一直不稳', 'The level does not stand still'),
    means: noReading,
    todo: t(
      '固定探头,人离开波束,再测一次',
      'Hold the probe still, step out of the beam, then measure again',
    ),
  },
} as const satisfies Record<string, FaultRow>

export type MeterFaultCode = keyof typeof meterFaults
