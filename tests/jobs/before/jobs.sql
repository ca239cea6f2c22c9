BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE artifact (
	input_hash VARCHAR(64) NOT NULL, 
	files TEXT NOT NULL, 
	made DOUBLE NOT NULL, 
	CONSTRAINT pk_artifact PRIMARY KEY (input_hash)
);
INSERT INTO "artifact" VALUES('fc31b3d1bbe5218c4d1606474782c03183f9a24c4c9374ffe285b58849c316f5','{"speech.json": "14dd662130508ebea7a34fc1bd458c9bc4b83508c25c542a98a3b4a2e9dbb0ab", "speech.wav": "a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6"}',1.79602099710600972173e+09);
INSERT INTO "artifact" VALUES('40d0a7e64f78475582486fbbeaa3c32f155ff2b959c8c125c22622a827c2399c','{"speech.json": "038877860f08bd118a98bf178b21904166b3cac69db5eab3597f09d0a28734b6", "speech.wav": "a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6"}',1.79602099712701129916e+09);
INSERT INTO "artifact" VALUES('158514b2b7e72a5493f54b1d838d221381855be8b72edc4e75740c116957c5a4','{"speech.json": "937c38ab2809798cda2f752b3a7417d1db584d97d243ae8eb9f768f7cd43d662", "speech.wav": "a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6"}',1.79602099616399097444e+09);
INSERT INTO "artifact" VALUES('6844db05a61995f7daa87012fea6343bd7746322df4b23b5f87bc8f7881738df','{"speech.json": "82e3e79568f9f17c749aaf53a2b2efbf4688e59418d576c539c87911c55e5ef2", "speech.wav": "a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6"}',1.79602099618398690222e+09);
INSERT INTO "artifact" VALUES('c26069b72a3dfb986e83cffc811433072366f834531c16f599fa46896720de2d','{"clip.mp4": "5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784"}',1.79602099715899682051e+09);
INSERT INTO "artifact" VALUES('d18ecc0492ee61ac94477111a011a77ad2368170fa4163cca84b3a36bb84d923','{"clip.mp4": "5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784"}',1.7960209971729979515e+09);
INSERT INTO "artifact" VALUES('683037b1eabbb12641e92515ae3d5943c64b6dc1b2a66b449e63953d323fa97e','{"clip.mp4": "5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784"}',1.79602099656101179127e+09);
INSERT INTO "artifact" VALUES('10192ca9cb7fcd3c15b6626c5615faaea79152cab46cdcfb08d660f826867a7c','{"clip.mp4": "5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784"}',1.79602099657899594306e+09);
INSERT INTO "artifact" VALUES('f55edb3aa9ca82499fd639dc165d1d00b2cc1b0df2de5ba7186570975dd5b54b','{"slide.mp4": "5fb5360d72bf29571c477de6a5d86360fc31e5d5da1935b8166ca6947819550e"}',1.79602099718599319457e+09);
INSERT INTO "artifact" VALUES('c75a1be592946abaad3df1f3306d3a1754560a60e3eacefadd0b79e178b3c2fe','{"slide.mp4": "5fb5360d72bf29571c477de6a5d86360fc31e5d5da1935b8166ca6947819550e"}',1.79602099699798369407e+09);
INSERT INTO "artifact" VALUES('63ce9aab649c0ae129c0968f423f5a17efa23d762c9da2711ec1e76c7e56c021','{"chapters.vtt": "df9791e0d916c30a0fd6e7ecdb91c265d06049981aed9a329a89898cf01b76b6", "lecture.mp4": "1b11d54dd1d2ea474fd7d90969f3ed8ad9342f4e85283b8d6e2d1ca1201485c5", "lecture.srt": "90f1bdf7fef21a7d3d96f24333d09b615713fafc58c054eeda800e3115f3d6c1", "lecture.vtt": "90f1bdf7fef21a7d3d96f24333d09b615713fafc58c054eeda800e3115f3d6c1", "manifest.json": "36a994473ca1ae8b2245ddbf7494c1c8c4b6a683e38ade8976b20ce6b9d1cec2"}',1.7960209970279977322e+09);
INSERT INTO "artifact" VALUES('461c54d1bd6bc25ae494588e6ca6ac19cfa69d9c367da6f41bf654dab32587d8','{"speech.json": "03e8d7cdeaedb0e92c22d8d51b6c1f3f50c2230f0b8c29c5c2472962b94bea09", "speech.wav": "a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6"}',1.79602099752898073195e+09);
INSERT INTO "artifact" VALUES('b31bf44dff6143d8e43a0d72c382f008ce5fed46d30f08705358346c3af9d225','{"clip.mp4": "5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784"}',1.79602099797001624106e+09);
INSERT INTO "artifact" VALUES('3fd5828b0a30cbedc79b376dc3cc33c6a120ccf72a93cbcd4dd50e3a8235eef7','{"slide.mp4": "5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784"}',1.79602099841499471665e+09);
INSERT INTO "artifact" VALUES('46fdd770355ec280169f88e61afc34f89089bfac5ffb8dcd428cd97b4a10e09d','{"chapters.vtt": "df9791e0d916c30a0fd6e7ecdb91c265d06049981aed9a329a89898cf01b76b6", "lecture.mp4": "01d545929f00fb2c1a54f8ac7065225a7b2324e96e181b821b72baf530ef8039", "lecture.srt": "2fe3611efe4bd2a9e7e6b5b4ca02557b25c5b6dca34363177e0a0629bc3c7723", "lecture.vtt": "2fe3611efe4bd2a9e7e6b5b4ca02557b25c5b6dca34363177e0a0629bc3c7723", "manifest.json": "a6a0813e4c84265c7c131bf5d3e22cb57c116343b1f0956ae3d2c8efffb16c41"}',1.79602099845599222187e+09);
INSERT INTO "artifact" VALUES('7df22a2251e2117beb8fa8dd3aa8b770f8ad3f79cec726e7e42c79e606b914d8','{"speech.json": "c24dba8796880404e909ddb28489bd9d750449bfc2b46ace61659616dedcdec8", "speech.wav": "a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6"}',1.7960209989259958267e+09);
INSERT INTO "artifact" VALUES('957cb5dde0128429c51b27530dd11b42758e18fbbf4141494a0b78146ecedfb2','{"speech.json": "37171555b64cc3c617117c183d31c3518b22418aa0d050761f0aee38e6bab1cf", "speech.wav": "a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6"}',1.79602099894498586649e+09);
INSERT INTO "artifact" VALUES('02069deb260179bc52cd1e673de87e744d8e9a33c2517da0a513c2f344d38b85','{"clip.mp4": "5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784"}',1.79602099935801935194e+09);
INSERT INTO "artifact" VALUES('a8459e0cae2127bb0f53b887be2f610971b0cc031f45a0031946a5ff2f144db6','{"clip.mp4": "5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784"}',1.79602099938899874686e+09);
INSERT INTO "artifact" VALUES('a1ad1b74051d8c6c13d181c043444dd55b8c3e6127cce3c53c139b6aaab833ae','{"speech.json": "36ca2a7fb2a969f2de7ec22460cf6c96cabda524cdc3e7ef5da632651781fe64", "speech.wav": "a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6"}',1.7960209998099982739e+09);
INSERT INTO "artifact" VALUES('7f1ac785e2c8fe1ce75ca624e3dd7fbbd30f3040099fdc73bbf388a9316af148','{"clip.mp4": "5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784"}',1.79602100017201614379e+09);
CREATE TABLE edge (
	src INTEGER NOT NULL, 
	dst INTEGER NOT NULL, 
	CONSTRAINT pk_edge PRIMARY KEY (src, dst), 
	CONSTRAINT fk_edge_step_dst FOREIGN KEY(dst) REFERENCES step (id) ON DELETE CASCADE, 
	CONSTRAINT fk_edge_step FOREIGN KEY(src) REFERENCES step (id) ON DELETE CASCADE
);
INSERT INTO "edge" VALUES(12,13);
INSERT INTO "edge" VALUES(14,15);
INSERT INTO "edge" VALUES(12,16);
INSERT INTO "edge" VALUES(13,16);
INSERT INTO "edge" VALUES(14,16);
INSERT INTO "edge" VALUES(15,16);
INSERT INTO "edge" VALUES(17,18);
INSERT INTO "edge" VALUES(17,19);
INSERT INTO "edge" VALUES(18,19);
INSERT INTO "edge" VALUES(12,20);
INSERT INTO "edge" VALUES(13,20);
INSERT INTO "edge" VALUES(14,20);
INSERT INTO "edge" VALUES(15,20);
INSERT INTO "edge" VALUES(16,20);
INSERT INTO "edge" VALUES(17,20);
INSERT INTO "edge" VALUES(18,20);
INSERT INTO "edge" VALUES(19,20);
INSERT INTO "edge" VALUES(21,22);
INSERT INTO "edge" VALUES(21,23);
INSERT INTO "edge" VALUES(22,23);
INSERT INTO "edge" VALUES(24,25);
INSERT INTO "edge" VALUES(26,27);
INSERT INTO "edge" VALUES(24,28);
INSERT INTO "edge" VALUES(25,28);
INSERT INTO "edge" VALUES(26,28);
INSERT INTO "edge" VALUES(27,28);
INSERT INTO "edge" VALUES(21,29);
INSERT INTO "edge" VALUES(22,29);
INSERT INTO "edge" VALUES(23,29);
INSERT INTO "edge" VALUES(24,29);
INSERT INTO "edge" VALUES(25,29);
INSERT INTO "edge" VALUES(26,29);
INSERT INTO "edge" VALUES(27,29);
INSERT INTO "edge" VALUES(28,29);
INSERT INTO "edge" VALUES(30,31);
INSERT INTO "edge" VALUES(32,33);
INSERT INTO "edge" VALUES(30,34);
INSERT INTO "edge" VALUES(31,34);
INSERT INTO "edge" VALUES(32,34);
INSERT INTO "edge" VALUES(33,34);
INSERT INTO "edge" VALUES(30,35);
INSERT INTO "edge" VALUES(31,35);
INSERT INTO "edge" VALUES(32,35);
INSERT INTO "edge" VALUES(33,35);
INSERT INTO "edge" VALUES(34,35);
INSERT INTO "edge" VALUES(36,37);
INSERT INTO "edge" VALUES(36,38);
INSERT INTO "edge" VALUES(37,38);
INSERT INTO "edge" VALUES(36,39);
INSERT INTO "edge" VALUES(37,39);
INSERT INTO "edge" VALUES(38,39);
CREATE TABLE event (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	tenant VARCHAR(200) NOT NULL, 
	lecture_id BIGINT NOT NULL, 
	generation INTEGER NOT NULL, 
	at DOUBLE NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	step VARCHAR(50)
);
INSERT INTO "event" VALUES(1,'lms',1,1,1.79602099561400413516e+09,'queued',NULL);
INSERT INTO "event" VALUES(2,'lms',1,1,1.79602099564699530607e+09,'running',NULL);
INSERT INTO "event" VALUES(3,'lms',1,1,1.79602099564800119402e+09,'running','speech_1');
INSERT INTO "event" VALUES(4,'lms',1,1,1.79602099608799076081e+09,'done','speech_1');
INSERT INTO "event" VALUES(5,'lms',1,1,1.79602099609800863267e+09,'running','speech_2');
INSERT INTO "event" VALUES(6,'lms',1,1,1.79602099610400342943e+09,'running','face_1');
INSERT INTO "event" VALUES(7,'lms',1,1,1796020996.131,'done','speech_2');
INSERT INTO "event" VALUES(8,'lms',1,1,1.79602099614101791379e+09,'running','speech_3');
INSERT INTO "event" VALUES(9,'lms',1,1,1.79602099616499686239e+09,'done','speech_3');
INSERT INTO "event" VALUES(10,'lms',1,1,1.79602099617400908469e+09,'running','speech_4');
INSERT INTO "event" VALUES(11,'lms',1,1,1.79602099618499279017e+09,'done','speech_4');
INSERT INTO "event" VALUES(12,'lms',1,1,1.79602099652001404766e+09,'done','face_1');
INSERT INTO "event" VALUES(13,'lms',1,1,1.79602099652600884433e+09,'running','face_2');
INSERT INTO "event" VALUES(14,'lms',1,1,1.7960209965379981995e+09,'done','face_2');
INSERT INTO "event" VALUES(15,'lms',1,1,1.79602099654499888425e+09,'running','slide_1');
INSERT INTO "event" VALUES(16,'lms',1,1,1.79602099654998779293e+09,'running','face_3');
INSERT INTO "event" VALUES(17,'lms',1,1,1.79602099656201744082e+09,'done','face_3');
INSERT INTO "event" VALUES(18,'lms',1,1,1.79602099656901812558e+09,'running','face_4');
INSERT INTO "event" VALUES(19,'lms',1,1,1.79602099658000183106e+09,'done','face_4');
INSERT INTO "event" VALUES(20,'lms',1,1,1.79602099698100543022e+09,'done','slide_1');
INSERT INTO "event" VALUES(21,'lms',1,1,1.79602099698901176453e+09,'running','slide_3');
INSERT INTO "event" VALUES(22,'lms',1,1,1.79602099699898958202e+09,'done','slide_3');
INSERT INTO "event" VALUES(23,'lms',1,1,1.79602099700699591633e+09,'running','final');
INSERT INTO "event" VALUES(24,'lms',1,1,1.7960209970279977322e+09,'done','final');
INSERT INTO "event" VALUES(25,'lms',1,1,1.79602099703101515766e+09,'done',NULL);
INSERT INTO "event" VALUES(26,'lms',1,2,1.79602099707599592213e+09,'queued',NULL);
INSERT INTO "event" VALUES(27,'lms',1,2,1.79602099710098052028e+09,'running',NULL);
INSERT INTO "event" VALUES(28,'lms',1,2,1.79602099710098052028e+09,'running','speech_1');
INSERT INTO "event" VALUES(29,'lms',1,2,1.79602099710701560968e+09,'done','speech_1');
INSERT INTO "event" VALUES(30,'lms',1,2,1.79602099712198233602e+09,'running','speech_2');
INSERT INTO "event" VALUES(31,'lms',1,2,1.79602099712801718716e+09,'done','speech_2');
INSERT INTO "event" VALUES(32,'lms',1,2,1.79602099713900089259e+09,'running','speech_3');
INSERT INTO "event" VALUES(33,'lms',1,2,1.79602099715601944921e+09,'running','face_1');
INSERT INTO "event" VALUES(34,'lms',1,2,1.79602099716100835802e+09,'done','face_1');
INSERT INTO "event" VALUES(35,'lms',1,2,1.79602099716998052595e+09,'running','face_2');
INSERT INTO "event" VALUES(36,'lms',1,2,1.79602099717400360105e+09,'done','face_2');
INSERT INTO "event" VALUES(37,'lms',1,2,1.79602099718201017376e+09,'running','slide_1');
INSERT INTO "event" VALUES(38,'lms',1,2,1.79602099718699908257e+09,'done','slide_1');
INSERT INTO "event" VALUES(39,'lms',1,2,1.7960209975299863815e+09,'done','speech_3');
INSERT INTO "event" VALUES(40,'lms',1,2,1.79602099753698706626e+09,'running','face_3');
INSERT INTO "event" VALUES(41,'lms',1,2,1.79602099797098183628e+09,'done','face_3');
INSERT INTO "event" VALUES(42,'lms',1,2,1.79602099798200583462e+09,'running','slide_3');
INSERT INTO "event" VALUES(43,'lms',1,2,1.79602099841600060465e+09,'done','slide_3');
INSERT INTO "event" VALUES(44,'lms',1,2,1.79602099842698431013e+09,'running','final');
INSERT INTO "event" VALUES(45,'lms',1,2,1.79602099845699810986e+09,'done','final');
INSERT INTO "event" VALUES(46,'lms',1,2,1796020998.49699,'done',NULL);
INSERT INTO "event" VALUES(47,'lms',2,1,1.79602099853698158257e+09,'queued',NULL);
INSERT INTO "event" VALUES(48,'lms',2,1,1.79602099855701780321e+09,'running',NULL);
INSERT INTO "event" VALUES(49,'lms',2,1,1.79602099855701780321e+09,'running','speech_1');
INSERT INTO "event" VALUES(50,'lms',2,1,1.7960209989290132522e+09,'done','speech_1');
INSERT INTO "event" VALUES(51,'lms',2,1,1.79602099893400216101e+09,'running','speech_2');
INSERT INTO "event" VALUES(52,'lms',2,1,1.79602099894599175457e+09,'done','speech_2');
INSERT INTO "event" VALUES(53,'lms',2,1,1.79602099895198631281e+09,'running','speech_3');
INSERT INTO "event" VALUES(54,'lms',2,1,1.79602099897399401663e+09,'ready','speech_3');
INSERT INTO "event" VALUES(55,'lms',2,1,1.79602099900698518753e+09,'running','face_1');
INSERT INTO "event" VALUES(56,'lms',2,1,1.7960209993620023728e+09,'done','face_1');
INSERT INTO "event" VALUES(57,'lms',2,1,1.79602099936900281903e+09,'running','face_2');
INSERT INTO "event" VALUES(58,'lms',2,1,1.79602099939000463485e+09,'done','face_2');
INSERT INTO "event" VALUES(59,'lms',2,1,1.79602099942899036408e+09,'running','speech_3');
INSERT INTO "event" VALUES(60,'lms',3,1,1.79602099943699693683e+09,'queued',NULL);
INSERT INTO "event" VALUES(61,'lms',3,1,1.79602099944198584551e+09,'running',NULL);
INSERT INTO "event" VALUES(62,'lms',3,1,1.79602099944198584551e+09,'running','speech_1');
INSERT INTO "event" VALUES(63,'lms',3,1,1.79602099945300960545e+09,'failed','speech_1');
INSERT INTO "event" VALUES(64,'lms',3,1,1.79602099947799444205e+09,'running','speech_2');
INSERT INTO "event" VALUES(65,'lms',3,1,1.79602099981100416185e+09,'done','speech_2');
INSERT INTO "event" VALUES(66,'lms',3,1,1.79602099982098197938e+09,'running','face_2');
INSERT INTO "event" VALUES(67,'lms',3,1,1.79602100017298173901e+09,'done','face_2');
INSERT INTO "event" VALUES(68,'lms',3,1,1.79602100017599916464e+09,'failed',NULL);
INSERT INTO "event" VALUES(69,'shell',4,1,1.79602100020198965075e+09,'queued',NULL);
CREATE TABLE lecture (
	tenant VARCHAR(200) NOT NULL, 
	id BIGINT NOT NULL, 
	generation INTEGER NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	request_hash VARCHAR(200) NOT NULL, 
	lecture TEXT NOT NULL, 
	running INTEGER NOT NULL, 
	created DOUBLE NOT NULL, 
	finished DOUBLE, 
	error_code VARCHAR(50), 
	error_message TEXT, served BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_lecture PRIMARY KEY (tenant, id)
);
INSERT INTO "lecture" VALUES('lms',1,2,'done','5bcb61ce1cf610681107b5517e67a5328f9d1ade504c02050b9834b01a79b50f','{"id":1,"source_image":"@ROOT@/data/inputs/lms-1-0000000000000000/source-image.png","voice_sample":"@ROOT@/data/inputs/lms-1-0000000000000000/voice-sample","generated_dir":"@ROOT@/out-1","slides":[{"fragments":[{"number":1,"text":"One."},{"number":2,"text":"Two."}]},{"fragments":[]},{"fragments":[{"number":3,"text":"Ask SQL."}]}],"language":"en","speech_engine":"stand-in","face_engine":"stand-in","face":{"preprocess":null,"still":null,"size":null},"lexicon":{"entries":[{"language":"en","written":"SQL","spoken":"ess cue ell"}]}}',0,1796020997.07499,1796020998.49699,NULL,NULL,44);
INSERT INTO "lecture" VALUES('lms',2,1,'running','95fbc6f789768576c6a84b97f5cfdd81b1ebc80c7424d96b936211807b5d3487','{"id":2,"source_image":"@ROOT@/data/inputs/lms-2-0000000000000000/source-image.png","voice_sample":"@ROOT@/data/inputs/lms-2-0000000000000000/voice-sample","generated_dir":"@ROOT@/out-2","slides":[{"fragments":[{"number":1,"text":"Раз."}]},{"fragments":[{"number":2,"text":"Два."},{"number":3,"text":"Три."}]}],"language":"ru","speech_engine":"stand-in","face_engine":"stand-in","face":{"preprocess":null,"still":null,"size":null},"lexicon":{"entries":[]}}',1,1.79602099853601598735e+09,NULL,NULL,NULL,59);
INSERT INTO "lecture" VALUES('lms',3,1,'failed','91d601e899794a4917cbfe0150c9cc5e84cabfb167c739716c42dd5533bb7f4e','{"id":3,"source_image":"@ROOT@/data/inputs/lms-3-0000000000000000/source-image.png","voice_sample":"@ROOT@/data/inputs/lms-3-0000000000000000/voice-sample","generated_dir":"@ROOT@/out-3","slides":[{"fragments":[{"number":1,"text":"Five."},{"number":2,"text":"Six."}]}],"language":"en","speech_engine":"stand-in","face_engine":"stand-in","face":{"preprocess":null,"still":null,"size":null},"lexicon":{"entries":[]}}',0,1.79602099943599104884e+09,1.79602100017599916464e+09,'bad_voice_sample','silent',66);
INSERT INTO "lecture" VALUES('shell',4,1,'queued','6ef123ae8512731ce49383fc2e123f27ecbb269aa066fc97dff0f07864aefa3d','{"id":4,"source_image":"@ROOT@/data/inputs/shell-4-0000000000000000/source-image.png","voice_sample":"@ROOT@/data/inputs/shell-4-0000000000000000/voice-sample","generated_dir":"@ROOT@/out-4","slides":[{"fragments":[{"number":1,"text":"Seven."}]}],"language":"en","speech_engine":"stand-in","face_engine":"stand-in","face":{"preprocess":null,"still":null,"size":null},"lexicon":{"entries":[]}}',0,1.7960210002009840012e+09,NULL,NULL,NULL,0);
CREATE TABLE publication (
	tenant VARCHAR(200) NOT NULL, 
	lecture_id BIGINT NOT NULL, 
	place VARCHAR(64) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	path TEXT NOT NULL, 
	generation INTEGER NOT NULL, 
	CONSTRAINT pk_publication PRIMARY KEY (tenant, lecture_id, place, sha256)
);
INSERT INTO "publication" VALUES('lms',1,'442976cab679adc34d01b2b2476a315b51ac2743080c623a6513f66a60e1c28e','a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6','@ROOT@/out-1/audio_fragments/audio_fragment_1_1.wav',1);
INSERT INTO "publication" VALUES('lms',1,'de563be2d2b2b5bc6df107df16f93743314bcbf0f2e61c6cecda637a296debbb','a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6','@ROOT@/out-1/audio_fragments/audio_fragment_1_2.wav',1);
INSERT INTO "publication" VALUES('lms',1,'8d50c2d4e9bbd0c228c5783313031158dc9ecb5451cde4203c90d819b7755e11','a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6','@ROOT@/out-1/audio_fragments/audio_fragment_1_3.wav',1);
INSERT INTO "publication" VALUES('lms',1,'a0f9eeee96334db254d7ddb0068613eae2bb3666c6013cc8eb8d5aa01489df71','5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784','@ROOT@/out-1/video_fragments/video_fragment_1_1_1.mp4',1);
INSERT INTO "publication" VALUES('lms',1,'5726fd7930acc2ac1a8ddc4dc103c19b8bcc55ec1a5c53f7424afdecf7541365','5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784','@ROOT@/out-1/video_fragments/video_fragment_1_2_1.mp4',1);
INSERT INTO "publication" VALUES('lms',1,'f924c0da6405d5295bdb145725e9b51a47361eba38dfb006c3e051c008aec200','5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784','@ROOT@/out-1/video_fragments/video_fragment_1_3_1.mp4',1);
INSERT INTO "publication" VALUES('lms',1,'1b75c42cbf1b1cb5bc53b037361c13f24e6e4f37a9e264af8285a9f828a2e554','5fb5360d72bf29571c477de6a5d86360fc31e5d5da1935b8166ca6947819550e','@ROOT@/out-1/combined/slide_1_1.mp4',1);
INSERT INTO "publication" VALUES('lms',1,'bd98ba64995e8e06bcc588c93e19f718f2bf315219c094cea4e4c84f48bbadc2','df9791e0d916c30a0fd6e7ecdb91c265d06049981aed9a329a89898cf01b76b6','@ROOT@/out-1/final/lecture_1.chapters.vtt',1);
INSERT INTO "publication" VALUES('lms',1,'7f66398b993e2050ceea152f223d91e90801074abf487b52b996e56852cff318','5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784','@ROOT@/out-1/combined/slide_1_3.mp4',2);
INSERT INTO "publication" VALUES('lms',1,'f87a3998dc944abf2fccee3ba5ba8db46e8ed2425937c7b53be65167cda883b6','01d545929f00fb2c1a54f8ac7065225a7b2324e96e181b821b72baf530ef8039','@ROOT@/out-1/final/lecture_1.mp4',2);
INSERT INTO "publication" VALUES('lms',1,'e4e62fafe5042d1f258aa7f4ab4804d4d42f945189f1cc711e778e722c6e40a0','2fe3611efe4bd2a9e7e6b5b4ca02557b25c5b6dca34363177e0a0629bc3c7723','@ROOT@/out-1/final/lecture_1.vtt',2);
INSERT INTO "publication" VALUES('lms',1,'2da4eec9ad4925fe856f0886433fabc1425ada41a7070130349f937673115fdd','2fe3611efe4bd2a9e7e6b5b4ca02557b25c5b6dca34363177e0a0629bc3c7723','@ROOT@/out-1/final/lecture_1.srt',2);
INSERT INTO "publication" VALUES('lms',1,'fc7e2f4982422a4930589bfb0b53cd9b1d943fa96d7147283ce8c54b54bc3288','b05df8ab5dafbf09070840f14cab7d6554b3574017d4b997f453d1d3efd0ac33','@ROOT@/out-1/final/manifest_1.json',2);
INSERT INTO "publication" VALUES('lms',2,'28580eed88c795dbb61384d70c8ee3dc836233760a2248b112610d317808f05f','a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6','@ROOT@/out-2/audio_fragments/audio_fragment_2_1.wav',1);
INSERT INTO "publication" VALUES('lms',2,'82d730c78147be6726b4c3b2b2a267c0a71d6b54a5ec7569fa903154d5302c43','a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6','@ROOT@/out-2/audio_fragments/audio_fragment_2_2.wav',1);
INSERT INTO "publication" VALUES('lms',2,'41a2105291e2afa1c1a6fcfa5ce2f0f8567673b6b5282e4dcc1d6defadea52b2','5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784','@ROOT@/out-2/video_fragments/video_fragment_2_1_1.mp4',1);
INSERT INTO "publication" VALUES('lms',2,'a03b150040b319c5be460ee89d9ac6ee242991b9b143e571072c22e991125401','5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784','@ROOT@/out-2/video_fragments/video_fragment_2_2_1.mp4',1);
INSERT INTO "publication" VALUES('lms',3,'80b95074b386e37dd11117be21da599b7ae863548c4cba522b049a8bcf7972f3','a5f93f2ea057b38028b5010bcf1a279a24aea05ac3057454a05ff147405b45f6','@ROOT@/out-3/audio_fragments/audio_fragment_3_2.wav',1);
INSERT INTO "publication" VALUES('lms',3,'9b2d46593bd0c320fffca37487759099b714fb97de75761a374cc90a8c3befbb','5934fbf0088bdde6fcc8349aedcb28863f9f3fa54550076930e72d618ee68784','@ROOT@/out-3/video_fragments/video_fragment_3_2_1.mp4',1);
CREATE TABLE step (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	tenant VARCHAR(200) NOT NULL, 
	lecture_id BIGINT NOT NULL, 
	generation INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR(50) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	number INTEGER NOT NULL, 
	queue VARCHAR(20) NOT NULL, 
	input_hash VARCHAR(64) NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	attempt INTEGER NOT NULL, 
	crash INTEGER NOT NULL, 
	deaths INTEGER NOT NULL, 
	fence INTEGER NOT NULL, 
	owner VARCHAR(200), 
	lease_until DOUBLE, 
	progress DOUBLE NOT NULL, 
	reused BOOLEAN NOT NULL, 
	error_code VARCHAR(50), 
	blocked_by VARCHAR(50), lease_seconds DOUBLE, 
	CONSTRAINT fk_step_lecture FOREIGN KEY(tenant, lecture_id) REFERENCES lecture (tenant, id), 
	CONSTRAINT uq_step_tenant UNIQUE (tenant, lecture_id, name)
);
INSERT INTO "step" VALUES(12,'lms',1,2,0,'speech_1','speech',1,'speech','fc31b3d1bbe5218c4d1606474782c03183f9a24c4c9374ffe285b58849c316f5','done',0,0,0,1,NULL,NULL,1.0,1,NULL,NULL,30.0);
INSERT INTO "step" VALUES(13,'lms',1,2,1,'face_1','face',1,'face','c26069b72a3dfb986e83cffc811433072366f834531c16f599fa46896720de2d','done',0,0,0,1,NULL,NULL,1.0,1,NULL,NULL,30.0);
INSERT INTO "step" VALUES(14,'lms',1,2,2,'speech_2','speech',2,'speech','40d0a7e64f78475582486fbbeaa3c32f155ff2b959c8c125c22622a827c2399c','done',0,0,0,1,NULL,NULL,1.0,1,NULL,NULL,30.0);
INSERT INTO "step" VALUES(15,'lms',1,2,3,'face_2','face',2,'face','d18ecc0492ee61ac94477111a011a77ad2368170fa4163cca84b3a36bb84d923','done',0,0,0,1,NULL,NULL,1.0,1,NULL,NULL,30.0);
INSERT INTO "step" VALUES(16,'lms',1,2,4,'slide_1','slide',1,'cpu','f55edb3aa9ca82499fd639dc165d1d00b2cc1b0df2de5ba7186570975dd5b54b','done',0,0,0,1,NULL,NULL,1.0,1,NULL,NULL,30.0);
INSERT INTO "step" VALUES(17,'lms',1,2,5,'speech_3','speech',3,'speech','461c54d1bd6bc25ae494588e6ca6ac19cfa69d9c367da6f41bf654dab32587d8','done',0,0,0,1,NULL,NULL,1.0,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(18,'lms',1,2,6,'face_3','face',3,'face','b31bf44dff6143d8e43a0d72c382f008ce5fed46d30f08705358346c3af9d225','done',0,0,0,1,NULL,NULL,1.0,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(19,'lms',1,2,7,'slide_3','slide',3,'cpu','3fd5828b0a30cbedc79b376dc3cc33c6a120ccf72a93cbcd4dd50e3a8235eef7','done',0,0,0,1,NULL,NULL,1.0,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(20,'lms',1,2,8,'final','final',0,'cpu','46fdd770355ec280169f88e61afc34f89089bfac5ffb8dcd428cd97b4a10e09d','done',0,0,0,1,NULL,NULL,1.0,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(21,'lms',2,1,0,'speech_1','speech',1,'speech','7df22a2251e2117beb8fa8dd3aa8b770f8ad3f79cec726e7e42c79e606b914d8','done',0,0,0,1,NULL,NULL,1.0,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(22,'lms',2,1,1,'face_1','face',1,'face','02069deb260179bc52cd1e673de87e744d8e9a33c2517da0a513c2f344d38b85','done',0,0,0,1,NULL,NULL,1.0,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(23,'lms',2,1,2,'slide_1','slide',1,'cpu','c447d1f3007904caea0f890de8bfa31c02d64dcab67653739cf52d9cfef67a9d','ready',0,0,0,0,NULL,NULL,0.0,0,NULL,NULL,NULL);
INSERT INTO "step" VALUES(24,'lms',2,1,3,'speech_2','speech',2,'speech','957cb5dde0128429c51b27530dd11b42758e18fbbf4141494a0b78146ecedfb2','done',0,0,0,1,NULL,NULL,1.0,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(25,'lms',2,1,4,'face_2','face',2,'face','a8459e0cae2127bb0f53b887be2f610971b0cc031f45a0031946a5ff2f144db6','done',0,0,0,1,NULL,NULL,1.0,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(26,'lms',2,1,5,'speech_3','speech',3,'speech','cf124b7d10ac005409555b42111393e82f75c986046592e820ea3c442a3f8c1e','running',0,0,0,2,'gone-1-00000000',1373.982584821,0.25,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(27,'lms',2,1,6,'face_3','face',3,'face','2354cd95adbd69d3b365beb2906b0be6e36af0e45d4b819731be85e76bb31cf6','blocked',0,0,0,0,NULL,NULL,0.0,0,NULL,NULL,NULL);
INSERT INTO "step" VALUES(28,'lms',2,1,7,'slide_2','slide',2,'cpu','bc9a33c106f0d0b180f8eef48aa830acc0605601ae494ff9d5f95bb7c7e12235','blocked',0,0,0,0,NULL,NULL,0.0,0,NULL,NULL,NULL);
INSERT INTO "step" VALUES(29,'lms',2,1,8,'final','final',0,'cpu','36b9a02cdd9164f4a5bffea135cbacbaf6e9c02ccc76ffdf9cf0fb750cad3915','blocked',0,0,0,0,NULL,NULL,0.0,0,NULL,NULL,NULL);
INSERT INTO "step" VALUES(30,'lms',3,1,0,'speech_1','speech',1,'speech','409c5ec6c2b7074b68ae74d94b46ce1938080b82ae010ae3fd654c7bdc8f0a92','failed',1,0,0,1,NULL,NULL,0.0,0,'bad_voice_sample',NULL,30.0);
INSERT INTO "step" VALUES(31,'lms',3,1,1,'face_1','face',1,'face','881a11cb377f5466b4312e3e24217ba3352c4aac63ea300f832dee596f5db744','failed',0,0,0,0,NULL,NULL,0.0,0,NULL,'speech_1',NULL);
INSERT INTO "step" VALUES(32,'lms',3,1,2,'speech_2','speech',2,'speech','a1ad1b74051d8c6c13d181c043444dd55b8c3e6127cce3c53c139b6aaab833ae','done',0,0,0,1,NULL,NULL,1.0,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(33,'lms',3,1,3,'face_2','face',2,'face','7f1ac785e2c8fe1ce75ca624e3dd7fbbd30f3040099fdc73bbf388a9316af148','done',0,0,0,1,NULL,NULL,1.0,0,NULL,NULL,30.0);
INSERT INTO "step" VALUES(34,'lms',3,1,4,'slide_1','slide',1,'cpu','2388c0f90f74c9b0a4807f768b02c999dce4f86d4e919b341901d68c4c4dd88f','failed',0,0,0,0,NULL,NULL,0.0,0,NULL,'speech_1',NULL);
INSERT INTO "step" VALUES(35,'lms',3,1,5,'final','final',0,'cpu','2071692c47e8fa9f917bff0f1693cc597851ba3d06262c547fcc17d77324e574','failed',0,0,0,0,NULL,NULL,0.0,0,NULL,'speech_1',NULL);
INSERT INTO "step" VALUES(36,'shell',4,1,0,'speech_1','speech',1,'speech','4d35455695febdc2387804a3fe6ba412d6b3d8b8318b5fc99639b1d7089f2758','ready',0,0,0,0,NULL,NULL,0.0,0,NULL,NULL,NULL);
INSERT INTO "step" VALUES(37,'shell',4,1,1,'face_1','face',1,'face','403a7c40d92d6481707d2a6ba17408a5b6a92e9e6fe1a72923c0615f87e871f5','blocked',0,0,0,0,NULL,NULL,0.0,0,NULL,NULL,NULL);
INSERT INTO "step" VALUES(38,'shell',4,1,2,'slide_1','slide',1,'cpu','80defde860b2be9f223e93bc9e6c673b1573373b7a8e35c1c4be675597ed861e','blocked',0,0,0,0,NULL,NULL,0.0,0,NULL,NULL,NULL);
INSERT INTO "step" VALUES(39,'shell',4,1,3,'final','final',0,'cpu','45504608a4e8f702cef22947a0332fb8ef59ae56184aecbdec55f347f3bb16ad','blocked',0,0,0,0,NULL,NULL,0.0,0,NULL,NULL,NULL);
CREATE TABLE worker (
	id VARCHAR(200) NOT NULL, 
	host VARCHAR(200) NOT NULL, 
	pid INTEGER NOT NULL, 
	birth VARCHAR(200) NOT NULL, 
	seen DOUBLE NOT NULL, 
	CONSTRAINT pk_worker PRIMARY KEY (id)
);
INSERT INTO "worker" VALUES('gone-1-00000000','elsewhere/1',1,'then',1343.974632636);
CREATE INDEX ix_event_lecture ON event (tenant, lecture_id, seq);
CREATE INDEX ix_lecture_state ON lecture (state, tenant);
CREATE INDEX ix_step_state ON step (state, queue);
CREATE INDEX ix_edge_dst ON edge (dst);
CREATE INDEX ix_publication_place ON publication (place);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('step',39);
INSERT INTO "sqlite_sequence" VALUES('event',69);
COMMIT;
