# What an LMS backend asks of the service, with the program curl: a connection for each call.
. "${0%/*}/shell_common.sh"

call() {  # name, path, options of curl
    name=$1 path=$2
    shift 2
    said=$(curl --silent --show-error --max-time 60 --write-out '\n%{http_code}' "$@" "$url$path") || exit 1
    answered "$name" "${said##*
}" "$(printf '%s' "${said%
*}")"
}

json='Content-Type: application/json'

call ping /ping
call start /generate --header "$json" --data "$plain"
call again /generate/ --json "$plain"
call former /generation/ --header "$json" --header 'Accept-Language: ru' --data-binary "$raw"
call chunked /generation --header "$json" --header 'Transfer-Encoding: chunked' --data "$escaped"
call status "/generate/status?id=$first"
call conflict /generate --header "$json" --data "$other"
call incomplete /generate --header "$json" --header 'Accept-Language: ru' --data "{\"id\": $((first + 3))}"
call no_such_file /generate --header "$json" --data "$nobody"
call empty /generate --header "$json" --data ''
call stop_one "/generate/cancel?id=$first"
call stop_one_again "/generation/cancel/?id=$first"
call stop_all /generate/cancel
call nothing_to_stop /generate/cancel --data ''
call expected /generate --header "$json" --header 'Expect: 100-continue' --header "Cookie: $cookie" --data "$fourth"
call stop_in_body /generate/cancel --data "id=$((first + 3))"
call stop_all_again /generation/cancel/ --header 'Accept-Language: ru-RU,ru;q=0.9,en;q=0.5'
call wrong_method /generate
call no_such_route /generated
