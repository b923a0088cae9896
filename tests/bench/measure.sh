# What processes cost, read from /proc, and tables of it: sourced by tests/bench/service.
# shellcheck shell=bash

ticks_per_second=$(getconf CLK_TCK)

# cpu_ticks PID: of a process, its living children, and those it has waited for.
cpu_ticks() {
  local child stats=("/proc/$1/stat")
  for child in $(cat "/proc/$1"/task/*/children 2>/dev/null); do stats+=("/proc/$child/stat"); done
  # proc(5): behind the name in parentheses come state (field 3), utime is 14, stime 15, cutime 16, cstime 17.
  cat "${stats[@]}" 2>/dev/null |
    awk '{ sub(/^.*\) /, ""); ticks += $12 + $13 + $14 + $15 } END { print ticks + 0 }'
}

# All that all cores did.
machine_ticks() { awk '$1 == "cpu" { print $2 + $3 + $4 + $7 + $8 + $9; exit }' /proc/stat; }

# pss_mib PID: the process's proportional share of memory; "-" where only root may look.
pss_mib() {
  awk '$1 == "Pss:" { printf "%.1f\n", $2 / 1024; found = 1 } END { if (!found) print "-" }' \
    "/proc/$1/smaps_rollup" 2>/dev/null || echo -
}

# table FILE: lines of "who case rate p50_us p99_us own_us postgres_us generator_us others_percent", one for each round;
# prints the median of each column.
table() {
  awk -F'\t' '
    function median(list,   n, values) {
      n = split(list, values, " ")
      if (values[1] == "-") return "-"
      sort(values, n)
      return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
    }
    function sort(values, n,   i, j, v) {
      for (i = 2; i <= n; ++i) {
        v = values[i]
        for (j = i - 1; j > 0 && values[j] + 0 > v + 0; --j) values[j + 1] = values[j]
        values[j + 1] = v
      }
    }
    function shown(value, format) { return value == "-" ? "-" : sprintf(format, value) }
    {
      row = $1 "\t" $2
      if (!(row in rounds)) order[++rows] = row
      ++rounds[row]
      for (i = 3; i <= 9; ++i) columns[row, i] = columns[row, i] (rounds[row] > 1 ? " " : "") $i
    }
    END {
      print "| who | case | a second | p50 ms | p99 ms | own CPU us | PostgreSQL CPU us | generator CPU us | others |"
      print "|---|---|---|---|---|---|---|---|---|"
      for (r = 1; r <= rows; ++r) {
        row = order[r]
        split(row, name, "\t")
        p50 = median(columns[row, 4])
        p99 = median(columns[row, 5])
        printf "| %s | %s | %.0f | %s | %s | %s | %.0f | %.0f | %.0f %% |\n", name[1], name[2], median(columns[row, 3]),
          shown(p50 == "-" ? p50 : p50 / 1000, "%.1f"), shown(p99 == "-" ? p99 : p99 / 1000, "%.1f"),
          shown(median(columns[row, 6]), "%.0f"), median(columns[row, 7]), median(columns[row, 8]), median(columns[row, 9])
      }
    }' "$1"
}

# ratios FILE WHAT WHO CASE COLUMN OTHER OTHER_CASE OTHER_COLUMN: of the rounds, each by itself.
ratios() {
  awk -F'\t' -v what="$2" -v who="$3" -v case_="$4" -v column="$5" -v other="$6" -v other_case="$7" -v other_column="$8" '
    $1 == who && $2 == case_ { a[++na] = $column }
    $1 == other && $2 == other_case { b[++nb] = $other_column }
    END {
      n = na < nb ? na : nb
      if (!n) exit
      for (i = 1; i <= n; ++i) {
        v = a[i] / b[i]
        for (j = i - 1; j > 0 && r[j] > v; --j) r[j + 1] = r[j]
        r[j + 1] = v
      }
      median = n % 2 ? r[(n + 1) / 2] : (r[n / 2] + r[n / 2 + 1]) / 2
      printf "%-52s %6.2f (%.2f to %.2f, %d rounds)\n", what, median, r[1], r[n], n
    }' "$1"
}
