using System.Collections.Concurrent;
using System.Security.Cryptography;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Secrets;

/// <summary>Encrypts secrets of state with the stack's passphrase, and keeps the ciphertext of those that did not change.</summary>
/// <param name="openKey">Gives the key that opens; called when the first secret is met, so that stacks without secrets never wait for it.</param>
/// <param name="sealKey">Gives the key that seals; another one while a passphrase is changed.</param>
/// <param name="masker">Learns every secret that is opened or sealed.</param>
internal sealed class PassphraseCodec(Func<PassphraseKey> openKey, Func<PassphraseKey> sealKey, SecretMasker masker) : ISecretCodec
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public bool WritesPlaintext => false;

    public PropertyValue.Secret Open(string ciphertext, SecretPosition position)
    {
        PropertyValue element;
        try
        {
            element = PropertyJson.Decode(openKey().DecryptBytes(ciphertext));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            throw new StackException(
                $"The secret at {position.ToString().Replace('\0', '.')} cannot be decrypted with this stack's passphrase. Import an undamaged export, or delete the resource from the state.",
                exception);
        }

        masker.Learn(element);
        if (ReferenceEquals(openKey, sealKey))
        {
            Remember(position.ToString(), element, ciphertext);
        }

        return element is PropertyValue.Secret secret ? secret : new PropertyValue.Secret(element);
    }

    public string Seal(PropertyValue.Secret secret, SecretPosition position)
    {
        var place = position.ToString();
        var element = secret.Element.WithoutSecrets();
        for (var known = _known.GetValueOrDefault(place); known is not null; known = known.Next)
        {
            if (known.Element.Equals(element))
            {
                return known.Ciphertext;
            }
        }

        masker.Learn(element);
        var ciphertext = sealKey().Encrypt(PropertyJson.Encode(element));
        Remember(place, element, ciphertext);
        return ciphertext;
    }

    // A URN can be in state twice while its replacement is under way, so one position may have known several values.
    private void Remember(string place, PropertyValue element, string ciphertext) =>
        _known.AddOrUpdate(place, new Known(element, ciphertext, Next: null), (_, earlier) => new Known(element, ciphertext, earlier));

    private sealed record Known(PropertyValue Element, string Ciphertext, Known? Next);
}
