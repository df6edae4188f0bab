// Chinese words of a first contact: an antenna whose settings this computer does not know.
// What is not known is said before anything is written, and stays said where it was written over.
export const contact = {
  contact: {
    asksTitle: '首次接触:请先选定功率',
    asks: '这台电脑没有这台天线的设置,天线也不会自报功率。现在还没有写入任何内容,天线保持原有功率,也还不读卡。',
    asksWhat:
      '写入后,天线按所填的功率、信道和间隔工作;原来的数值会被覆盖,找不回来。因为没有可退回的值,这次写入不试运行。',
    asksFrom: '功率可取自现场记录、车道档案、原电脑上的备份文件,也可用下面的预设或备份填入表中。',
    needPower: '请填写发射功率档位',
    listening: '正在听天线自报功率,还没有写入任何内容',
    tellAdopted: '功率和信道取自天线自报,没有改动它',
    tellUnknown: '首次接触时写入了功率({from}),天线原来的功率无人知道。请核对通信区域和邻道。',
    origin: {
      adopted: '首次接触时天线自报',
      chosen: '首次接触时由人选定',
      link: '链路里写明,首次接触时写入',
      backup: '取自最近的备份',
      profile: '设备库中的常用值,首次接触时写入,之前未知',
      default: '常用值,首次接触时写入,之前未知',
    },
    origins: {
      link: '链路里写明的值',
      backup: '最近的备份',
      profile: '设备库中的常用值',
      default: '常用值',
    },
    writeWhy:
      '首次接触:天线现有的功率无人知道,写入后找不回来。写入前先留一份说明此事的备份;不试运行,写入即保留。',
    write: '写入',
    last: '首次接触时按人选定的值写入,之前的值未知',
    nothing: '之前的值未知',
  },
}
