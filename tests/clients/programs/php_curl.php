<?php
// What an LMS backend asks of the service, with PHP's curl extension: one handle for all calls.
[, $url, $place, $first, $cookie] = $argv;
$first = (int) $first;

$handle = curl_init();

function call(string $name, string $method, string $path, ?string $body = null, array $headers = [], ?callable $reader = null): void
{
    global $handle, $url;
    curl_reset($handle); // keeps the connection
    curl_setopt_array($handle, [
        CURLOPT_URL => $url . $path,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 60,
        CURLOPT_HTTPHEADER => $headers,
    ]);
    if ($reader !== null) {
        curl_setopt_array($handle, [CURLOPT_POST => true, CURLOPT_READFUNCTION => $reader]);
    } elseif ($method === 'POST') {
        curl_setopt_array($handle, [CURLOPT_POST => true, CURLOPT_POSTFIELDS => $body ?? '']);
    }
    $answer = curl_exec($handle);
    if ($answer === false) {
        fwrite(STDERR, $name . ': ' . curl_error($handle) . "\n");
        exit(1);
    }
    $status = curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
    echo json_encode(['call' => $name, 'status' => $status, 'envelope' => json_decode($answer)]), "\n";
}

function lecture(int|string $id, string $folder, array $names): array
{
    return [
        'id' => $id,
        'face_path' => "$folder/$names[0]",
        'voice_path' => "$folder/$names[1]",
        'lecture_text_path' => "$folder/$names[2]",
        'generated_dir_path' => "$folder/out",
    ];
}

$json = ['Content-Type: application/json'];
$names = ['face.jpg', 'voice.wav', 'lecture.txt'];
$russian = ['лицо.jpg', 'голос.wav', 'текст.txt'];
$lecture = lecture($first, $place, $names);
$body = json_encode($lecture);

call('ping', 'GET', '/ping');
call('start', 'POST', '/generate', $body, $json);
call('again', 'POST', '/generate/', $body, $json);
call(
    'former',
    'POST',
    '/generation/',
    json_encode(lecture((string) ($first + 1), "$place/Лекция №7", $russian), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES),
    ['Content-Type: application/json; charset=utf-8', 'Accept-Language: ru']
);
$escaped = json_encode(lecture($first + 2, "$place/Лекция №7", $russian));
$sent = 0;
call('chunked', 'POST', '/generation', null, [...$json, 'Transfer-Encoding: chunked'], function ($h, $f, $most) use ($escaped, &$sent) {
    $some = substr($escaped, $sent, min($most, 100));
    $sent += strlen($some);
    return $some;
});
call('status', 'GET', "/generate/status?id=$first");
call('conflict', 'POST', '/generate', json_encode(['lecture_text_path' => "$place/other.txt"] + $lecture), $json);
call('incomplete', 'POST', '/generate', json_encode(['id' => $first + 3]), [...$json, 'Accept-Language: ru']);
call('no_such_file', 'POST', '/generate', json_encode(['id' => $first + 3, 'voice_path' => "$place/nobody.wav"] + $lecture), $json);
call('empty', 'POST', '/generate', '', $json);
call('stop_one', 'GET', "/generate/cancel?id=$first");
call('stop_one_again', 'GET', "/generation/cancel/?id=$first");
call('stop_all', 'GET', '/generate/cancel');
call('nothing_to_stop', 'POST', '/generate/cancel');
call(
    'expected',
    'POST',
    '/generate',
    json_encode(['id' => $first + 3] + $lecture),
    [...$json, 'Expect: 100-continue', "Cookie: $cookie"]
);
call('stop_in_body', 'POST', '/generate/cancel', http_build_query(['id' => $first + 3]));
call('stop_all_again', 'GET', '/generation/cancel/', null, ['Accept-Language: ru-RU,ru;q=0.9,en;q=0.5']);
call('wrong_method', 'GET', '/generate');
call('no_such_route', 'GET', '/generated');
