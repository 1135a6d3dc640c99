#!/bin/sh
# Makes plan.png anew: the first page of the roster and the score sheet of the sample huaxi, as LibreOffice prints them.
# Needs soffice, pdftoppm, pdftotext and chromium (Debian: libreoffice-calc poppler-utils chromium fonts-noto-cjk).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/dev" matcher solve "$root/data/samples/huaxi/round.xlsx" --xlsx "$work/roster.xlsx" >"$work/terminal.txt"
soffice --headless --convert-to pdf --outdir "$work" "$work/roster.xlsx" >/dev/null
pages=$(pdfinfo "$work/roster.pdf" | sed -n 's/^Pages: *//p')
score=$(for page in $(seq "$pages"); do pdftotext -f "$page" -l "$page" "$work/roster.pdf" - | grep -q 方案得分表 && echo "$page"; done | head -n 1)
pdftoppm -r 120 -png -singlefile -f 1 "$work/roster.pdf" "$work/roster"
pdftoppm -r 120 -png -singlefile -f "$score" "$work/roster.pdf" "$work/score"
cat >"$work/page.html" <<'HTML'
<style>
 body { margin: 0; background: #fff } div { width: 1403px; overflow: hidden; position: relative; border-bottom: 1px solid #bbb }
 img { position: absolute } .roster { height: 545px } .roster img { top: -30px } .score { height: 650px } .score img { top: -62px }
</style><div class="roster"><img src="roster.png"></div><div class="score"><img src="score.png"></div>
HTML
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1403,1197 \
    --screenshot="$work/plan.png" "file://$work/page.html" 2>/dev/null
mv "$work/plan.png" "$here/plan.png"
