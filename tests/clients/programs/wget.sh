# What an LMS backend asks of the service, with wget: a connection for each call.
. "${0%/*}/shell_common.sh"

call() {  # name, path, options of wget
    name=$1 path=$2
    shift 2
    said=$(wget --quiet --no-config --tries=1 --timeout=60 --content-on-error --save-headers --output-document=- "$@" "$url$path")
    status=${said#* }
    answered "$name" "${status%% *}" "${said##*
}"
}

json='Content-Type: application/json'

call ping /ping
call start /generate --header="$json" --post-data="$plain"
call again /generate/ --header="$json" --post-data="$plain"
call former /generation/ --header="$json" --header='Accept-Language: ru' --post-data="$raw"
# wget knows no chunks.
call chunked /generation --header="$json" --post-data="$escaped"
call status "/generate/status?id=$first"
call conflict /generate --header="$json" --post-data="$other"
call incomplete /generate --header="$json" --header='Accept-Language: ru' --post-data="{\"id\": $((first + 3))}"
call no_such_file /generate --header="$json" --post-data="$nobody"
call empty /generate --header="$json" --post-data=
call stop_one "/generate/cancel?id=$first"
call stop_one_again "/generation/cancel/?id=$first"
call stop_all /generate/cancel
call nothing_to_stop /generate/cancel --post-data=
# Nor does it wait for 100 Continue.
call expected /generate --header="$json" --header="Cookie: $cookie" --post-data="$fourth"
call stop_in_body /generate/cancel --post-data="id=$((first + 3))"
call stop_all_again /generation/cancel/ --header='Accept-Language: ru-RU,ru;q=0.9,en;q=0.5'
call wrong_method /generate
call no_such_route /generated
