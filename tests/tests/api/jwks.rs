//! `GET /.well-known/jwks.json`: any library verifies our passes with it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;
use tests::on_both_engines;
use tests::signer::jwt_payload;
use tests::world::{World, text};

on_both_engines!(
    the_jwt_of_a_pass_verifies_with_the_published_key,
    no_private_key_is_published
);

fn header(jwt: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').next().unwrap()).unwrap()).unwrap()
}

async fn the_jwt_of_a_pass_verifies_with_the_published_key(world: World) {
    let answer = world.server.get("/.well-known/jwks.json", "").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let keys = answer.json()["keys"].as_array().unwrap().clone();
    for pass in world.passes(3).await {
        let header = header(&pass.jwt);
        assert_eq!(header["alg"], "EdDSA");
        let key = keys.iter().find(|key| key["kid"] == header["kid"]).unwrap();
        assert_eq!(key["kty"], "OKP");
        assert_eq!(key["crv"], "Ed25519");
        let x: [u8; 32] = URL_SAFE_NO_PAD.decode(text(key, "x")).unwrap().try_into().unwrap();
        let (input, signature) = pass.jwt.rsplit_once('.').unwrap();
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        VerifyingKey::from_bytes(&x)
            .unwrap()
            .verify_strict(input.as_bytes(), &signature)
            .unwrap();

        let payload = jwt_payload(&pass.jwt);
        assert_eq!(text(&payload, "sub"), pass.number.replace('-', ""));
        let now = world.environment().now().as_second();
        assert!(
            payload["nbf"].as_i64().unwrap() <= now && now < payload["exp"].as_i64().unwrap(),
            "{payload}"
        );
        match domain::parse_scan(&pass.credential) {
            Ok(domain::Scanned::Credential(credential)) => {
                assert_eq!(
                    credential.jwt(&text(&payload, "iss")),
                    pass.jwt,
                    "the QR code rebuilds to the same JWT"
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

async fn no_private_key_is_published(world: World) {
    let answer = world.server.get("/.well-known/jwks.json", "").await;
    for key in answer.json()["keys"].as_array().unwrap() {
        assert!(key.get("d").is_none(), "the private part of a key is public");
        assert!(key.get("nbf").is_some() && key.get("exp").is_some(), "{key}");
    }
}
