// Faults of instruments that measure the field, and of readings from a file. Rows of the one table in
// faults.ts. Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  METER: t(
    '没有读数,测试记录不变;车道照常通行',
    'There is no reading and the survey is unchanged; cars pass as usual',
  ),
}

export const meterFaults = faultRows(means, {
  'METER-01': {
    what: t('仪器测不到 5.8 GHz', 'The instrument cannot measure 5.8 GHz'),
    todo: t(
      '换上限不低于 6 GHz 的型号;tinySA 须为 ZS407 并开启 Ultra',
      'Use a model that reaches at least 6 GHz; a tinySA must be a ZS407 with Ultra switched on',
    ),
  },
  'METER-02': {
    what: t('线上的仪器与资料不符', 'The instrument on the link does not match the profile'),
    todo: t('核对链路和仪器型号', 'Check the link and the instrument model'),
  },
  'METER-03': {
    what: t('仪器拒绝一条命令', 'The instrument refused a command'),
    todo: t(
      '核对型号、固件和选件,再测一次',
      'Check the model, the firmware and the options, then measure again',
    ),
  },
  'METER-04': {
    what: t('仪器没有及时应答', 'The instrument did not answer in time'),
    todo: t('检查线缆和电源,再测一次', 'Check the cable and the power, then measure again'),
  },
  'METER-05': {
    what: t(
      '仪器的模式或设置在测试中变了',
      'The mode or the settings of the instrument changed during the measurement',
    ),
    todo: t('不要操作面板,再测一次', 'Do not touch its panel, and measure again'),
  },
  'METER-06': {
    what: t('仪器没有给出有效电平', 'The instrument did not give a valid level'),
    todo: t('检查探头和衰减,再测一次', 'Check the probe and the attenuation, then measure again'),
  },
  'METER-07': {
    what: t('没有连上仪器', 'The instrument is not connected'),
    todo: t(
      '检查线缆、地址和仪器电源',
      'Check the cable, the address and the power of the instrument',
    ),
  },
  'METER-08': {
    what: t('读数文件里有一处不能采用', 'A value in the readings file cannot be used'),
    means: t(
      '整个文件都没有采用,测试记录不变',
      'The whole file was not used; the survey is unchanged',
    ),
    todo: t(
      '改正所示行和列,再导入',
      'Correct the line and the column shown, then import the file again',
    ),
  },
  'METER-09': {
    what: t('这不是读数文件', 'This is not a readings file'),
    means: t(
      '整个文件都没有采用,测试记录不变',
      'The whole file was not used; the survey is unchanged',
    ),
    todo: t(
      '选择 CSV 文件,并说明各列和单位',
      'Choose a CSV file, and say what each column means and its unit',
    ),
  },
  'METER-10': {
    what: t('仪器输入过载', 'The input of the instrument is overloaded'),
    todo: t(
      '加衰减器并把衰减量计入修正值,或离天线远一些,再测',
      'Add an attenuator and include it in the correction, or move away from the antenna, then measure again',
    ),
  },
  'METER-11': {
    what: t('这一点正在测', 'This point is being measured'),
    todo: t('等它测完', 'Wait until the measurement is done'),
  },
  'METER-12': {
    what: t('读数一直不稳', 'The reading is not stable'),
    todo: t(
      '固定探头,人离开波束,再测一次',
      'Fix the probe, step out of the beam, then measure again',
    ),
  },
  'METER-13': {
    what: t('仪器有应答,但读不懂', 'The instrument answered, but the answer was not understood'),
    todo: t(
      '核对型号、资料和速率;应答的原文写在说明里',
      'Check the model, the profile and the speed; the answer itself is in the note',
    ),
  },
})

export type MeterFaultCode = keyof typeof meterFaults
