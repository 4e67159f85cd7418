using System.Security.Cryptography;
using System.Text;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Random;

/// <summary>The inputs that RandomString and RandomPassword share, and how a text is made of them.</summary>
internal static class CharacterClasses
{
    private const string Digits = "0123456789";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Special = "!@#$%&*()-_=+[]{}<>:?";

    public static InputProperty[] Inputs { get; } =
    [
        new("length", InputKind.Integer, Required: true, Replaces: true),
        new("lower", InputKind.Bool, Replaces: true),
        new("minLower", InputKind.Integer, Replaces: true),
        new("minNumeric", InputKind.Integer, Replaces: true),
        new("minSpecial", InputKind.Integer, Replaces: true),
        new("minUpper", InputKind.Integer, Replaces: true),
        new("number", InputKind.Bool, Replaces: true),
        new("numeric", InputKind.Bool, Replaces: true),
        new("overrideSpecial", InputKind.Text, Replaces: true),
        new("special", InputKind.Bool, Replaces: true),
        new("upper", InputKind.Bool, Replaces: true),
    ];

    public static PropertyMap Defaults { get; } = PropertyMap.Of(
        ("lower", PropertyValue.Of(true)),
        ("minLower", PropertyValue.Of(0)),
        ("minNumeric", PropertyValue.Of(0)),
        ("minSpecial", PropertyValue.Of(0)),
        ("minUpper", PropertyValue.Of(0)),
        ("special", PropertyValue.Of(true)),
        ("upper", PropertyValue.Of(true)));

    /// <summary><c>number</c> is the older name of <c>numeric</c>; both are always there and equal.</summary>
    public static PropertyMap WithNumeric(PropertyMap inputs)
    {
        var numeric = inputs.Find("numeric") ?? inputs.Find("number") ?? PropertyValue.Of(true);
        return inputs.With("numeric", numeric).With("number", numeric);
    }

    /// <summary>What is wrong with the numbers among themselves.</summary>
    public static IEnumerable<CheckFailure> Problems(PropertyMap effective)
    {
        if (effective.Integer("length") is not { } length)
        {
            yield break;
        }

        if (length < 1)
        {
            yield return new CheckFailure("length", "must be at least 1");
        }

        foreach (var minimum in new[] { "minLower", "minNumeric", "minSpecial", "minUpper" }.Where(name => effective.Integer(name) < 0))
        {
            yield return new CheckFailure(minimum, "must not be negative");
        }

        var least = (effective.Integer("minLower") ?? 0) + (effective.Integer("minNumeric") ?? 0) + (effective.Integer("minSpecial") ?? 0) + (effective.Integer("minUpper") ?? 0);
        if (least > length)
        {
            yield return new CheckFailure("length", $"must be at least {least}, the sum of minLower, minNumeric, minSpecial and minUpper, but is {length}");
        }

        if (!effective.ContainsUnknowns && Alphabet(effective).Length == 0)
        {
            yield return new CheckFailure("special", "at least one of lower, upper, numeric and special must be true");
        }
    }

    /// <summary>Makes a text.</summary>
    public static string Make(PropertyMap effective)
    {
        List<Rune> characters =
        [
            .. Pick(Lower, Least("minLower")),
            .. Pick(Upper, Least("minUpper")),
            .. Pick(Digits, Least("minNumeric")),
            .. Pick(SpecialOf(effective), Least("minSpecial")),
        ];
        characters.AddRange(Pick(Alphabet(effective), (effective.Integer("length") ?? 0) - characters.Count));
        var shuffled = characters.ToArray();
        RandomNumberGenerator.Shuffle<Rune>(shuffled);
        return string.Concat(shuffled);

        int Least(string minimum) => effective.Integer(minimum) ?? 0;
    }

    // Whole characters: two of UTF-16's units may be one.
    private static Rune[] Pick(string alphabet, int count) => count == 0 ? [] : RandomNumberGenerator.GetItems<Rune>([.. alphabet.EnumerateRunes()], count);

    private static string SpecialOf(PropertyMap effective) => effective.Text("overrideSpecial") is { Length: > 0 } own ? own : Special;

    private static string Alphabet(PropertyMap effective) =>
        (effective.Bool("lower") == true ? Lower : "")
        + (effective.Bool("upper") == true ? Upper : "")
        + (effective.Bool("numeric") == true ? Digits : "")
        + (effective.Bool("special") == true ? SpecialOf(effective) : "");
}
