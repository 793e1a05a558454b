# Reads process group ids, one a line: "+123" is alive, "-123" has ended. When its input closes, its
# parent is gone, in whatever way: what is still alive then is asked to end, and two seconds later ended.
alive=' '
while read -r line; do
  group=${line#?}
  case $line in
    +*) alive="$alive$group " ;;
    -*) alive="${alive%% "$group" *} ${alive#* "$group" }" ;;
  esac
done
[ -z "${alive# }" ] && exit 0
for group in $alive; do kill -s TERM -- "-$group" 2>/dev/null; done
sleep 2
for group in $alive; do kill -s KILL -- "-$group" 2>/dev/null; done
