# Bodies of requests for the shell's clients.

lecture() {  # id, folder, names of the face, voice and text
    printf '{"id": %s, "face_path": "%s/%s", "voice_path": "%s/%s", "lecture_text_path": "%s/%s", "generated_dir_path": "%s/out"}' \
        "$1" "$2" "$3" "$2" "$4" "$2" "$5" "$2"
}

answered() {  # name, status, envelope
    printf '{"call": "%s", "status": %s, "envelope": %s}\n' "$1" "$2" "$3"
}

url=$1 place=$2 first=$3 cookie=$4
plain=$(lecture "$first" "$place" face.jpg voice.wav lecture.txt)
other=$(lecture "$first" "$place" face.jpg voice.wav other.txt)
fourth=$(lecture "$((first + 3))" "$place" face.jpg voice.wav lecture.txt)
nobody=$(lecture "$((first + 3))" "$place" face.jpg nobody.wav lecture.txt)
raw=$(lecture "\"$((first + 1))\"" "$place/Лекция №7" лицо.jpg голос.wav текст.txt)
# Лекция №7, лицо, голос, текст
folder='\u041b\u0435\u043a\u0446\u0438\u044f \u21167'
face='\u043b\u0438\u0446\u043e' voice='\u0433\u043e\u043b\u043e\u0441' text='\u0442\u0435\u043a\u0441\u0442'
escaped=$(lecture "$((first + 2))" "$place/$folder" "$face.jpg" "$voice.wav" "$text.txt")
