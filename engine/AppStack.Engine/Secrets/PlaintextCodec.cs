using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Secrets;

/// <summary>Writes secrets in clear: only for an export that was asked to show them.</summary>
internal sealed class PlaintextCodec : ISecretCodec
{
    public static PlaintextCodec Instance { get; } = new();

    public bool WritesPlaintext => true;

    public PropertyValue.Secret Open(string ciphertext, SecretPosition position) =>
        throw new StateFormatException("The state holds an encrypted secret where only clear text was expected.");

    public string Seal(PropertyValue.Secret secret, SecretPosition position) => PropertyJson.Encode(secret.Element);
}
