using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Random;

/// <summary><c>RandomPassword</c>: a secret text and its bcrypt hash.</summary>
internal sealed class RandomPasswordHandler() : RandomTextHandler("random:index/randomPassword:RandomPassword")
{
    // bcrypt's customary cost.
    private const int Cost = 10;

    protected override IReadOnlyList<(string Name, bool IsSecret)> Results => [("result", true), ("bcryptHash", true)];

    /// <summary>The bcrypt hash of a password; of a long one, that of its first 72 bytes, because bcrypt looks at no more.</summary>
    internal static string Hash(string password) => BCrypt.Net.BCrypt.HashPassword(password, Cost);

    // The id must not tell the password, so it says nothing.
    protected override (string Id, PropertyMap Outputs) Complete(PropertyMap inputs, string text) =>
        ("none",
            inputs
                .With("result", PropertyValue.Of(text).AsSecret())
                .With("bcryptHash", PropertyValue.Of(Hash(text)).AsSecret())
                .With("__meta", PropertyValue.Of("{\"schema_version\":\"3\"}")));
}
