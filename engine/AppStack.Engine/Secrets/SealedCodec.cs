using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Secrets;

/// <summary>
/// Carries ciphertexts through unopened. Commands that only move or list resources (export, recovery, <c>stack ls</c>) need no passphrase.
/// </summary>
internal sealed class SealedCodec : ISecretCodec
{
    public static SealedCodec Instance { get; } = new();

    public bool WritesPlaintext => false;

    public PropertyValue.Secret Open(string ciphertext, SecretPosition position) => new(PropertyValue.Of(ciphertext));

    public string Seal(PropertyValue.Secret secret, SecretPosition position) => ((PropertyValue.Text)secret.Element).Value;
}
