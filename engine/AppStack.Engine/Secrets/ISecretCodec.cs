using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Secrets;

/// <summary>Turns secrets into what is written to state, and back. Implementations are safe for concurrent use.</summary>
internal interface ISecretCodec
{
    /// <summary>Whether what <see cref="Seal"/> gives is plain text (an export that shows secrets).</summary>
    bool WritesPlaintext { get; }

    /// <summary>Gives the secret behind what state holds.</summary>
    PropertyValue.Secret Open(string ciphertext, SecretPosition position);

    /// <summary>Gives what state is to hold for a secret.</summary>
    string Seal(PropertyValue.Secret secret, SecretPosition position);
}
