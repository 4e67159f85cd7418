using AppStack.Engine.Diagnostics;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Tests.Secrets;

public sealed class PassphraseTests
{
    private const string KnownSalt = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";

    [Fact]
    public void The_known_vector_derives_the_known_key() =>
        Assert.Equal(
            "7e700703e28b164e816cb939612c938b8dcf8f8a5237d02824cea3fb656b3a8b",
            Convert.ToHexStringLower(PassphraseKey.Derive("password", Convert.FromBase64String("fozI5u6B030="))));

    [Fact]
    public void The_known_salt_opens_with_its_passphrase_only()
    {
        using var key = PassphraseKey.Open("password", KnownSalt);
        Assert.Equal(KnownSalt, key.Salt);

        var exception = Assert.Throws<StackException>(() => PassphraseKey.Open("other", KnownSalt));
        Assert.Contains("Incorrect passphrase", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_salt_opens_again_and_what_was_encrypted_is_readable()
    {
        using var made = PassphraseKey.Create("p");
        var ciphertext = made.Encrypt("žluť \"x\"");
        using var opened = PassphraseKey.Open("p", made.Salt);

        Assert.Equal("žluť \"x\"", opened.Decrypt(ciphertext));
        Assert.NotEqual(ciphertext, made.Encrypt("žluť \"x\""));
    }

    [Fact]
    public void Secrets_of_the_genuine_configuration_decrypt()
    {
        using var key = PassphraseKey.Open(SampleFiles.Passphrase, "v1:mcaPGeJvMz0=:v1:MWIeqJNoT5BtCU5s:iYpp7OH6oRmP9Rh0MeOEcfk8sHuixg==");

        Assert.Equal("s3cr3t-token", key.Decrypt("v1:kWbjpl0ZIDVWJ4h0:EVXKxgEn1BTk3QG7bLke9dAEf98zCiqTLv261A=="));
    }

    [Fact]
    public void Unchanged_secrets_keep_their_ciphertext_and_equal_secrets_elsewhere_do_not_share_it()
    {
        using var key = PassphraseKey.Create("p");
        Func<PassphraseKey> always = () => key;
        var codec = new PassphraseCodec(always, always, new SecretMasker());
        var secret = new PropertyValue.Secret(PropertyValue.Of("same"));
        var here = new SecretPosition();
        here.Start("a");
        var there = new SecretPosition();
        there.Start("b");

        var first = codec.Seal(secret, here);

        Assert.Equal(first, codec.Seal(new PropertyValue.Secret(PropertyValue.Of("same")), here));
        Assert.NotEqual(first, codec.Seal(secret, there));
        Assert.NotEqual(first, codec.Seal(new PropertyValue.Secret(PropertyValue.Of("changed")), here));
        Assert.Equal(first, codec.Seal(secret, here));
    }

    [Fact]
    public void A_damaged_ciphertext_is_reported_with_its_place()
    {
        using var key = PassphraseKey.Create("p");
        Func<PassphraseKey> always = () => key;
        var position = new SecretPosition();
        position.Start("urn\0inputs");
        position.Push("token");

        var exception = Assert.Throws<StackException>(
            () => new PassphraseCodec(always, always, new SecretMasker()).Open("v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", position));

        Assert.Contains("urn.inputs.token", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_masked_in_all_forms_in_which_they_show()
    {
        var masker = new SecretMasker();
        masker.Learn(PropertyValue.Of(PropertyMap.Of(("password", PropertyValue.Of("pa\"ss\n")), ("n", PropertyValue.Of("ab")), ("flag", PropertyValue.Of("true")))));

        Assert.Equal("it is [secret] and [secret], ab, true", masker.Apply("it is pa\"ss and pa\\\"ss, ab, true"));
    }

    [Fact]
    public void The_longest_secret_is_masked_first()
    {
        var masker = new SecretMasker();
        masker.Learn("pass");
        masker.Learn("password-long");

        Assert.Equal("[secret]!", masker.Apply("password-long!"));
    }

    [Fact]
    public void Lines_of_a_key_are_masked_one_by_one()
    {
        var masker = new SecretMasker();
        masker.Learn("-----BEGIN KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n-----END KEY-----\n");

        Assert.Equal("line: [secret]", masker.Apply("line: b3BlbnNzaC1rZXktdjEAAAAABG5vbmU"));
    }

    [Fact]
    public void What_is_encrypted_is_the_json_of_the_value() =>
        Assert.Equal("\"abc\"", PropertyJson.Encode(PropertyValue.Of("abc")));
}
