# Makes a root file system for a systemd that is PID 1 of its own namespaces. $1: an empty folder; $2: device number of the
# machine's root; $3: name of a marker file; $4: `begin`, or `prove` to stop before systemd; the others are bound in.
# Only bound folders of the machine are writable: /usr and dpkg's lists are overlays with their upper part in memory.
set -eu
new=$1
machine=$2
marker=$3
act=$4
shift 4
if [ -e "/$marker" ]; then
  echo "the marker is on the machine's root" >&2
  exit 3
fi
mount --make-rprivate /
mount -t tmpfs -o mode=755,size=1g own "$new"
over() {
  mkdir -p "$new$1" "$new/.over$1/upper" "$new/.over$1/work"
  mount -t overlay -o "lowerdir=$1,upperdir=$new/.over$1/upper,workdir=$new/.over$1/work" own "$new$1"
}
over /usr
if [ -d /var/lib/dpkg ]; then over /var/lib/dpkg; fi
for link in bin sbin lib lib64; do
  if [ -L "/$link" ]; then ln -s "usr/$link" "$new/$link"; elif [ -d "/$link" ]; then over "/$link"; fi
done
cd "$new"
mkdir -p etc/systemd/system dev proc sys run tmp root var/log var/tmp
cp /etc/passwd /etc/group etc/
if [ -s /etc/machine-id ]; then cp /etc/machine-id etc/; else echo e7c1a9e00000000000000000000000aa > etc/machine-id; fi
cp /etc/ld.so.cache etc/
for part in alternatives pam.d security; do
  if [ -d "/etc/$part" ]; then cp -a "/etc/$part" etc/; fi
done
# Units that only a real machine's boot needs are removed; only the log is kept.
for unit in usr/lib/systemd/system/*.wants/*; do
  case $unit in *journal*) ;; *) ln -sf /dev/null "etc/systemd/system/${unit##*/}" ;; esac
done
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,ro,bind proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 own sys/fs/cgroup
mount -t tmpfs -o mode=755 own dev
for device in null zero full random urandom tty; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm old
mount -t devpts -o newinstance,ptmxmode=0666 own dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs own run
for folder in "$@"; do
  mkdir -p "$new$folder"
  mount --bind "$folder" "$new$folder"
done
pivot_root . old
umount -l old
touch "/$marker"
# Nothing begins unless this root is another device than the machine's, holds the marker, and this is PID 1 of its own.
if [ "$(stat -c %d /)" = "$machine" ] || [ "$(stat -f -c %T /)" != tmpfs ] || [ ! -e "/$marker" ] || [ $$ != 1 ]; then
  echo "this root may be the machine's own" >&2
  exit 3
fi
if [ "$act" = prove ]; then exit 0; fi
exec env -i container=own PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system \
  --log-target=journal --log-level=info --show-status=0
