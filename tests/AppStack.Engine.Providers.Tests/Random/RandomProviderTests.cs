using System.Globalization;
using System.Numerics;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Random;
using AppStack.Engine.Providers.Tests.Common;

namespace AppStack.Engine.Providers.Tests.Random;

public sealed class RandomProviderTests
{
    private readonly RandomProvider _provider = new(TimeProvider.System);

    [Fact]
    public async Task A_password_has_the_outputs_of_Pulumis_provider()
    {
        var resource = await New("Password").CreateAsync(Inputs(("length", 24), ("special", true)).With("keepers", Keepers("a", "b")));

        Assert.Equal(
            ["__meta", "bcryptHash", "id", "keepers", "length", "lower", "minLower", "minNumeric", "minSpecial", "minUpper", "number", "numeric", "result", "special", "upper"],
            resource.Outputs.Keys);
        Assert.Equal("none", resource.Id);
        Assert.Equal(24, resource.Text("result").Length);
        Assert.True(resource.IsSecret("result"));
        Assert.True(resource.IsSecret("bcryptHash"));
        Assert.Equal(["keepers", "length", "special"], resource.Inputs.Keys);
        Assert.True(BCrypt.Net.BCrypt.Verify(resource.Text("result"), resource.Text("bcryptHash")));
    }

    [Fact]
    public async Task A_string_has_the_outputs_of_Pulumis_provider()
    {
        var resource = await New("String").CreateAsync(Inputs(("length", 8), ("special", false)));

        Assert.Equal(
            ["__meta", "id", "length", "lower", "minLower", "minNumeric", "minSpecial", "minUpper", "number", "numeric", "result", "special", "upper"],
            resource.Outputs.Keys);
        Assert.Equal(resource.Id, resource.Text("result"));
        Assert.False(resource.IsSecret("result"));
        Assert.Matches("^[A-Za-z0-9]{8}$", resource.Id);
    }

    [Fact]
    public async Task Minima_of_each_class_are_kept()
    {
        for (var i = 0; i < 50; i++)
        {
            var text = (await New("String").CreateAsync(Inputs(("length", 8), ("minUpper", 2), ("minLower", 2), ("minNumeric", 2), ("minSpecial", 2)))).Id;

            Assert.Equal(2, text.Count(char.IsAsciiLetterUpper));
            Assert.Equal(2, text.Count(char.IsAsciiLetterLower));
            Assert.Equal(2, text.Count(char.IsAsciiDigit));
        }
    }

    [Fact]
    public async Task Special_characters_can_be_chosen()
    {
        var inputs = Inputs(("length", 30), ("lower", false), ("upper", false), ("numeric", false)).With("overrideSpecial", PropertyValue.Of("_-"));

        Assert.Matches("^[_-]{30}$", (await New("String").CreateAsync(inputs)).Id);
    }

    [Fact]
    public async Task Special_characters_may_be_any_characters()
    {
        var inputs = Inputs(("length", 20), ("minSpecial", 5), ("lower", false), ("upper", false), ("numeric", false)).With("overrideSpecial", PropertyValue.Of("é🔑"));

        var text = (await New("String").CreateAsync(inputs)).Id;

        Assert.Equal(20, text.EnumerateRunes().Count());
        Assert.All(text.EnumerateRunes(), rune => Assert.Contains(rune.ToString(), (string[])["é", "🔑"]));
    }

    [Fact]
    public async Task All_characters_of_the_alphabet_occur_about_as_often()
    {
        var text = (await New("String").CreateAsync(Inputs(("length", 62000), ("special", false)))).Id;

        var counts = text.GroupBy(character => character).Select(group => group.Count()).ToList();

        Assert.Equal(62, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, 800, 1200));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 4)]
    public async Task A_length_that_does_not_do_is_refused(int length, int minLower) =>
        Assert.Contains(await New("Password").FailuresAsync(Inputs(("length", length), ("minLower", minLower))), failure => failure.Property == "length");

    [Fact]
    public async Task A_string_without_any_class_is_refused() =>
        Assert.NotEmpty(await New("String").FailuresAsync(Inputs(("length", 3), ("lower", false), ("upper", false), ("numeric", false), ("special", false))));

    [Fact]
    public async Task A_missing_length_is_refused() => Assert.Equal("length", Assert.Single(await New("Password").FailuresAsync(PropertyMap.Empty)).Property);

    [Fact]
    public async Task A_changed_keeper_replaces()
    {
        var resource = await New("Password").CreateAsync(Inputs(("length", 8)).With("keepers", Keepers("a", "1")));

        var diff = await resource.DiffAsync(Inputs(("length", 8)).With("keepers", Keepers("a", "2")));

        Assert.Equal(["keepers"], diff.ReplaceKeys.ToArray());
    }

    /// <summary>Every type with inputs that do, the outputs that Pulumi's schema has besides the inputs, and which of them are secret.</summary>
    public static TheoryData<string, string, string[], string[]> EveryType() => new()
    {
        { "Bytes", "length", ["base64", "hex"], ["base64", "hex"] },
        { "Id", "byteLength", ["b64Std", "b64Url", "dec", "hex"], [] },
        { "Integer", "min,max", ["result"], [] },
        { "Password", "length", ["bcryptHash", "result"], ["bcryptHash", "result"] },
        { "Pet", "length", [], [] },
        { "Shuffle", "inputs", ["results"], [] },
        { "String", "length", ["result"], [] },
        { "Uuid", "", ["result"], [] },
        { "Uuid4", "", ["result"], [] },
        { "Uuid7", "", ["result"], [] },
    };

    [Theory]
    [MemberData(nameof(EveryType))]
    public async Task Every_type_makes_its_value_once_and_anew_when_a_keeper_changes(string kind, string inputs, string[] made, string[] secret)
    {
        var given = InputsOf(inputs).With("keepers", Keepers("a", "1"));

        var preview = await New(kind).PreviewAsync(given);
        var resource = await New(kind).CreateAsync(given);

        Assert.All(made, name => Assert.True(preview[name].ContainsUnknowns, name));
        Assert.All(made, name => Assert.False(resource.Outputs[name].ContainsUnknowns, name));
        Assert.Equal(secret, made.Where(resource.IsSecret));
        Assert.Equal(secret, made.Where(name => preview[name] is PropertyValue.Secret));
        Assert.NotEqual("", resource.Id);
        Assert.Equal(PropertyValue.Of(resource.Id), resource.Outputs["id"]);
        Assert.Equal(DiffChanges.None, (await resource.DiffAsync(given)).Changes);
        Assert.Equal(resource.Outputs, (await resource.ReadAsync()).Outputs);
        foreach (var changed in new[] { given.With("keepers", Keepers("a", "2")), given.With("keepers", Keepers("b", "1")), given.Without("keepers") })
        {
            Assert.Equal(["keepers"], (await resource.DiffAsync(changed)).ReplaceKeys.ToArray());
        }
    }

    [Fact]
    public async Task Giving_a_default_explicitly_is_no_change()
    {
        var resource = await New("Password").CreateAsync(Inputs(("length", 8)));

        Assert.Equal(DiffChanges.None, (await resource.DiffAsync(Inputs(("length", 8), ("upper", true), ("number", true), ("minLower", 0)))).Changes);
    }

    [Fact]
    public async Task A_preview_knows_everything_but_the_values()
    {
        var outputs = await New("Password").PreviewAsync(Inputs(("length", 8)));

        Assert.Equal(PropertyValue.Of(8), outputs["length"]);
        Assert.Equal(PropertyValue.Of(true), outputs["lower"]);
        Assert.IsType<PropertyValue.Unknown>(outputs["id"]);
        Assert.IsType<PropertyValue.Unknown>(Assert.IsType<PropertyValue.Secret>(outputs["result"]).Element);
    }

    [Fact]
    public async Task Importing_a_password_takes_its_value_over()
    {
        var read = await New("Password").ImportAsync("the-old-password");

        Assert.Equal("none", read.Id);
        Assert.Equal(PropertyValue.Of("the-old-password").AsSecret(), read.Outputs["result"]);
        Assert.Equal(PropertyValue.Of(16), read.Inputs!["length"]);
        Assert.True(BCrypt.Net.BCrypt.Verify("the-old-password", ((PropertyValue.Text)read.Outputs["bcryptHash"].WithoutSecrets()).Value));
    }

    [Fact]
    public async Task Importing_a_string_takes_its_value_over() => Assert.Equal("abc", (await New("String").ImportAsync("abc")).Id);

    [Theory]
    [InlineData("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("a", "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "$2a$10$fVH8e28OQRj9tqiDXs1e1uxpsjN0c7II7YPKXua2NAKYvM6iQk7dq")]
    public void Bcrypt_agrees_with_published_vectors(string password, string hash) => Assert.True(BCrypt.Net.BCrypt.Verify(password, hash));

    [Fact]
    public void Hash_of_a_long_password_is_that_of_its_first_72_bytes()
    {
        var hash = RandomPasswordHandler.Hash(new string('x', 100));

        Assert.True(BCrypt.Net.BCrypt.Verify(new string('x', 72), hash));
        Assert.StartsWith("$2a$10$", hash, StringComparison.Ordinal);
    }

    [Fact]
    public void Hash_of_a_long_password_counts_bytes_and_not_characters()
    {
        // Its 72nd byte is the first half of a character.
        var password = new string('x', 71) + "é and more";

        Assert.True(BCrypt.Net.BCrypt.Verify(password, RandomPasswordHandler.Hash(password)));
        Assert.False(BCrypt.Net.BCrypt.Verify(new string('x', 71), RandomPasswordHandler.Hash(password)));
    }

    [Fact]
    public async Task An_id_gives_the_same_bytes_in_all_notations()
    {
        var resource = await New("Id").CreateAsync(Inputs(("byteLength", 9)));

        var bytes = Convert.FromHexString(resource.Text("hex"));
        Assert.Equal(9, bytes.Length);
        Assert.Equal(bytes, Convert.FromBase64String(resource.Text("b64Std")));
        Assert.Equal(resource.Text("b64Std").Replace('+', '-').Replace('/', '_').TrimEnd('='), resource.Text("b64Url"));
        Assert.Equal(new BigInteger(bytes, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture), resource.Text("dec"));
        Assert.Equal(resource.Text("b64Url"), resource.Id);
        Assert.Equal(["b64Std", "b64Url", "byteLength", "dec", "hex", "id"], resource.Outputs.Keys);
    }

    [Fact]
    public async Task The_id_of_a_known_state_is_taken_over_with_all_its_notations()
    {
        var read = await New("Id").ImportAsync("edge-,tPXnhA");

        Assert.Equal("tPXnhA", read.Id);
        Assert.Equal(PropertyValue.Of("edge-b4f5e784"), read.Outputs["hex"]);
        Assert.Equal(PropertyValue.Of("edge-3036014468"), read.Outputs["dec"]);
        Assert.Equal(PropertyValue.Of("edge-tPXnhA=="), read.Outputs["b64Std"]);
        Assert.Equal(PropertyValue.Of("edge-"), read.Inputs!["prefix"]);
    }

    [Fact]
    public async Task Bytes_are_secret_and_as_many_as_asked_for()
    {
        var resource = await New("Bytes").CreateAsync(Inputs(("length", 20)));

        Assert.True(resource.IsSecret("base64"));
        Assert.True(resource.IsSecret("hex"));
        Assert.Equal(Convert.FromHexString(resource.Text("hex")), Convert.FromBase64String(resource.Text("base64")));
        Assert.Equal(40, resource.Text("hex").Length);
        Assert.Equal("none", resource.Id);
    }

    [Fact]
    public async Task An_integer_is_within_its_range_both_ends_included()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 200; i++)
        {
            seen.Add((await New("Integer").CreateAsync(Inputs(("min", -1), ("max", 2)))).Id);
        }

        Assert.Equal(["-1", "0", "1", "2"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_integer_with_a_seed_is_always_the_same()
    {
        var inputs = Inputs(("min", 0), ("max", 1_000_000)).With("seed", PropertyValue.Of("seed"));

        Assert.Equal((await New("Integer").CreateAsync(inputs)).Id, (await New("Integer").CreateAsync(inputs)).Id);
    }

    [Fact]
    public async Task An_integer_whose_range_is_upside_down_is_refused() => Assert.NotEmpty(await New("Integer").FailuresAsync(Inputs(("min", 2), ("max", 1))));

    [Fact]
    public async Task An_integer_is_imported_with_its_range()
    {
        var read = await New("Integer").ImportAsync("15,1,100");

        Assert.Equal(PropertyValue.Of(15), read.Outputs["result"]);
        Assert.Equal(PropertyValue.Of(100), read.Inputs!["max"]);
    }

    [Fact]
    public async Task A_shuffle_has_the_same_items()
    {
        var resource = await New("Shuffle").CreateAsync(PropertyMap.Of(("inputs", List("a", "b", "c", "d"))));

        Assert.Equal(["a", "b", "c", "d"], Results(resource).Order(StringComparer.Ordinal));
        Assert.Equal("-", resource.Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task A_shuffle_gives_as_many_results_as_asked_for(int count)
    {
        var resource = await New("Shuffle").CreateAsync(PropertyMap.Of(("inputs", List("a", "b", "c")), ("resultCount", PropertyValue.Of(count))));

        Assert.Equal(count, Results(resource).Count);
        Assert.All(Results(resource).GroupBy(item => item, StringComparer.Ordinal), group => Assert.InRange(group.Count(), count / 3, (count / 3) + 1));
    }

    [Theory]
    [InlineData("Uuid", '4')]
    [InlineData("Uuid4", '4')]
    [InlineData("Uuid7", '7')]
    public async Task A_uuid_has_its_version(string kind, char version)
    {
        var resource = await New(kind).CreateAsync(PropertyMap.Empty);

        Assert.Equal(version, resource.Text("result")[14]);
        Assert.Equal(resource.Id, resource.Text("result"));
    }

    [Fact]
    public async Task A_uuid_is_imported() =>
        Assert.Equal("aabbccdd-eeff-0011-2233-445566778899", (await New("Uuid").ImportAsync("aabbccdd-eeff-0011-2233-445566778899")).Id);

    [Fact]
    public async Task A_pet_is_made_of_words()
    {
        var inputs = Inputs(("length", 3)).With("prefix", PropertyValue.Of("lb")).With("separator", PropertyValue.Of("."));

        Assert.Matches("^lb\\.[a-z]+\\.[a-z]+\\.[a-z]+$", (await New("Pet").CreateAsync(inputs)).Id);
        Assert.Matches("^[a-z]+-[a-z]+$", (await New("Pet").CreateAsync(PropertyMap.Empty)).Id);
    }

    [Fact]
    public async Task A_pet_cannot_be_imported() => await Assert.ThrowsAsync<ProviderException>(() => New("Pet").ImportAsync("x"));

    [Fact]
    public async Task Refreshing_a_state_of_Pulumis_own_provider_keeps_what_only_that_knows()
    {
        var state = PropertyMap.Of(
            ("__pulumi_raw_state_delta", PropertyValue.Of(PropertyMap.Empty)), ("result", PropertyValue.Of("x")), ("length", PropertyValue.Of(1)));

        var read = await _provider.ReadAsync(
            new ReadRequest("urn", "random:index/randomString:RandomString", "x", Inputs(("length", 1)), state, new RecordingLog()), default);

        Assert.Equal(state, read.Outputs);
    }

    private static PropertyValue Keepers(string name, string value) => PropertyValue.Of(PropertyMap.Of((name, PropertyValue.Of(value))));

    private static PropertyValue List(params string[] items) => PropertyValue.Of(items.Select(PropertyValue.Of));

    private static List<string> Results(Resource resource) =>
        [.. ((PropertyValue.List)resource.Outputs["results"]).Items.Select(item => ((PropertyValue.Text)item).Value)];

    private static PropertyMap Inputs(params (string Name, object Value)[] inputs) =>
        PropertyMap.Of(inputs.Select(input => KeyValuePair.Create(
            input.Name, input.Value is bool flag ? PropertyValue.Of(flag) : PropertyValue.Of(Convert.ToDouble(input.Value, CultureInfo.InvariantCulture)))));

    private static PropertyMap InputsOf(string names)
    {
        var inputs = PropertyMap.Empty;
        foreach (var name in names.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            inputs = inputs.With(name, name == "inputs" ? List("a", "b") : PropertyValue.Of(3));
        }

        return inputs;
    }

    private Resource New(string kind) => new(_provider, $"random:index/random{kind}:Random{kind}");
}
