using System.Text;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Events;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class SecretTests : LifecycleTest
{
    public SecretTests() => Secrets.AddRange(["hunter2-value", "second-secret-value"]);

    private string StateText() => File.ReadAllText(Path.Combine(Directory, ".pulumi/stacks/proj/dev.json"), Encoding.UTF8);

    [Fact]
    public async Task Secret_inputs_make_outputs_of_the_same_name_secret()
    {
        World.OnCreate = (request, _) => Task.FromResult<CreateResult?>(new CreateResult("id", request.Inputs.WithoutSecrets()));

        await UpOkAsync(program => program.ResourceAsync(
            "a", null, ("password", Secret("hunter2-value")), ("nested", PropertyValue.Of(PropertyMap.Of(("inner", Secret("second-secret-value")), ("open", Text("o")))))));

        var outputs = (await Stack().ReadSnapshotAsync()).Resources.Single(state => state.Name == "a").Outputs;
        Assert.Equal(Secret("hunter2-value"), outputs["password"]);
        Assert.Equal(PropertyMap.Of(("inner", Secret("second-secret-value")), ("open", Text("o"))), ((PropertyValue.Map)outputs["nested"]).Members);
        Assert.Equal(Secret("hunter2-value"), Program.Resources["a"].Outputs["password"]);
    }

    [Fact]
    public async Task Additional_secret_outputs_are_secret()
    {
        World.OnCreate = (_, _) => Task.FromResult<CreateResult?>(new CreateResult("id", PropertyMap.Of(("token", Text("hunter2-value")), ("open", Text("o")))));

        await UpOkAsync(program => program.ResourceAsync("a", new ResourceOf { Goal = new() { AdditionalSecretOutputs = ["token", "missing"] } }));

        Assert.Equal(Secret("hunter2-value"), Program.Resources["a"].Outputs["token"]);
        Assert.Equal(Text("o"), Program.Resources["a"].Outputs["open"]);
    }

    [Fact]
    public async Task Unchanged_secrets_keep_their_ciphertext()
    {
        async Task Declare(TestProgram program, string value)
        {
            await program.ResourceAsync("a", null, ("password", Secret("hunter2-value")), ("size", Text(value)));
            program.Outputs["p"] = Secret("hunter2-value");
        }

        await UpOkAsync(program => Declare(program, "1"));
        var ciphertexts = Ciphertexts();
        Assert.Equal(3, ciphertexts.Count);
        Assert.Equal(3, ciphertexts.Distinct(StringComparer.Ordinal).Count());

        await UpOkAsync(program => Declare(program, "1"));
        await UpOkAsync(program => Declare(program, "2"));

        Assert.Equal(ciphertexts, Ciphertexts());
    }

    [Fact]
    public async Task Secrets_in_errors_and_logs_are_masked()
    {
        World.FailCreate("a", () => new ProviderException("login with hunter2-value refused"));

        await UpAsync(async program =>
        {
            await program.ResourceAsync("a", null, ("password", Secret("hunter2-value")));
            program.Monitor.Log(new LogMessage(LogSeverity.Info, "used hunter2-value"));
        });

        Assert.Contains(Errors, error => error.Contains("login with [secret] refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_provider_marks_secret_is_masked_from_then_on()
    {
        World.OnCreate = (request, _) =>
        {
            request.Log.Write(LogSeverity.Info, "before");
            return Task.FromResult<CreateResult?>(new CreateResult("id", PropertyMap.Of(("password", Secret("hunter2-value")))));
        };

        await UpOkAsync(async program =>
        {
            await program.ResourceAsync("a");
            program.Monitor.Log(new LogMessage(LogSeverity.Info, "made hunter2-value"));
        });

        Assert.Contains(Events.OfType<EngineEvent.Diagnostic>(), happened => happened.Message.Message == "made [secret]");
    }

    [Fact]
    public async Task Secrets_of_a_killed_run_are_encrypted_in_the_journal_too()
    {
        await UpOkAsync(_ => Task.CompletedTask);
        var journal = "";
        World.OnCreate = (_, _) =>
        {
            journal = File.ReadAllText(Path.Combine(Directory, ".pulumi/stacks/proj/dev.journal"), Encoding.UTF8);
            return Task.FromResult<CreateResult?>(null);
        };

        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));

        Assert.Contains("\"begin\":", journal, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2-value", journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_goes_on_after_a_secret_that_is_no_text()
    {
        var result = await PreviewAsync(async program =>
        {
            await program.ResourceAsync("a", null, ("nested", new PropertyValue.Secret(PropertyValue.Of(PropertyMap.Of(("inner", Text("hunter2-value")))))));
            for (var i = 0; i < 20; i++)
            {
                await program.ResourceAsync($"b{i}", null, ("size", Text("1")));
            }
        });

        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task A_wrong_passphrase_fails_before_anything_is_done()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));
        Environment["PULUMI_CONFIG_PASSPHRASE"] = "wrong";
        World.TakeCalls();

        var exception = await Assert.ThrowsAsync<StackException>(() => UpAsync(program => program.ResourceAsync("a", null, ("password", Secret("second-secret-value")))));

        Assert.Contains("Incorrect passphrase", exception.Message, StringComparison.Ordinal);
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task A_wrong_passphrase_beside_the_settings_of_an_older_stack_fails_before_anything_is_done()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));
        await Workspace().RemoveStackAsync("dev", force: true, preserveConfig: true);
        Environment["PULUMI_CONFIG_PASSPHRASE"] = "wrong";
        World.TakeCalls();

        var exception = await Assert.ThrowsAsync<StackException>(() => UpAsync(program => program.ResourceAsync("plain")));

        Assert.Contains("Incorrect passphrase", exception.Message, StringComparison.Ordinal);
        Assert.Empty(World.TakeCalls());
        Assert.Empty(Workspace().ListStacks());
    }

    [Fact]
    public async Task A_missing_passphrase_is_reported_with_what_to_set()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));
        Environment.Remove("PULUMI_CONFIG_PASSPHRASE");

        var exception = await Assert.ThrowsAsync<StackException>(() => Stack().GetOutputsAsync());

        Assert.Contains("PULUMI_CONFIG_PASSPHRASE", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_secrets_no_passphrase_is_needed()
    {
        Environment.Remove("PULUMI_CONFIG_PASSPHRASE");

        await UpOkAsync(program => program.ResourceAsync("a"));

        Assert.DoesNotContain("secrets_providers", StateText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_salt_is_in_the_settings_and_in_the_state()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));

        var settings = await File.ReadAllTextAsync(Path.Combine(Directory, "Pulumi.dev.yaml"));
        var salt = settings.Trim()["encryptionsalt: ".Length..];
        Assert.Contains("{\"type\":\"passphrase\",\"state\":{\"salt\":\"" + salt + "\"}}", StateText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passphrase_file_of_the_stack_is_made_once_for_its_owner_only()
    {
        Environment.Remove("PULUMI_CONFIG_PASSPHRASE");
        var file = Path.Combine(Directory, "secret/passphrase");
        var workspace = new Engine.Operations.Workspace(new Engine.Operations.WorkspaceOptions { ProjectDirectory = Directory, Environment = _ => null, PassphraseFile = file });
        await workspace.Stack("dev").SetConfigAsync("token", "hunter2-value", secret: true, path: false);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal("hunter2-value", (await workspace.Stack("dev").GetConfigAsync("token", path: false))!.Text);
    }

    [Fact]
    public async Task Changing_the_passphrase_encrypts_everything_anew()
    {
        await Stack().SetConfigAsync("token", "second-secret-value", secret: true, path: false);
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));
        var before = Ciphertexts();

        await Stack().ChangePassphraseAsync("new");

        Environment["PULUMI_CONFIG_PASSPHRASE"] = "new";
        Assert.Empty(before.Intersect(Ciphertexts(), StringComparer.Ordinal));
        Assert.Equal("second-secret-value", (await Stack().GetConfigAsync("token", path: false))!.Text);
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));
        Assert.Empty(Steps());
    }

    [Fact]
    public async Task An_export_hides_secrets_unless_it_is_asked_for_them()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));

        Assert.DoesNotContain("hunter2-value", await Stack().ExportAsync(showSecrets: false), StringComparison.Ordinal);
        Assert.Contains("\"plaintext\": \"\\\"hunter2-value\\\"\"", await Stack().ExportAsync(showSecrets: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_with_secrets_in_clear_is_encrypted_when_it_is_imported()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));
        var export = await Stack().ExportAsync(showSecrets: true);

        await Stack().ImportStateAsync(export, force: false);

        AssertClean();
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));
        Assert.Empty(Steps());
    }

    [Fact]
    public async Task Secret_configuration_reaches_the_program_and_is_masked()
    {
        await Stack().SetConfigAsync("token", "hunter2-value", secret: true, path: false);
        await Stack().SetConfigAsync("test:region", "north", secret: false, path: false);
        await Stack().SetConfigAsync("test:key", "second-secret-value", secret: true, path: false);

        await UpOkAsync(async program =>
        {
            Assert.Equal("hunter2-value", program.Context.Config["proj:token"]);
            Assert.Contains("proj:token", program.Context.SecretKeys);
            program.Monitor.Log(new LogMessage(LogSeverity.Info, "token is hunter2-value"));
            await program.ResourceAsync("a");
        });

        Assert.Equal("[secret]", Events.OfType<EngineEvent.Prelude>().Single().Config["proj:token"]);
        Assert.Equal(PropertyMap.Of(("key", Secret("second-secret-value")), ("region", Text("north"))), World.Configurations.Last());
    }

    [Theory]
    [InlineData("v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("v1:AAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("v1:AAAAAAAAAAAAAAAA:A")]
    [InlineData("AAAA")]
    public async Task A_secret_of_the_configuration_that_cannot_be_opened_is_named_before_anything_is_done(string ciphertext)
    {
        await Stack().SetConfigAsync("token", "hunter2-value", secret: true, path: false);
        var settings = Path.Combine(Directory, "Pulumi.dev.yaml");
        await File.WriteAllTextAsync(settings, await File.ReadAllTextAsync(settings) + $"  proj:other: {{secure: \"{ciphertext}\"}}\n");

        var exception = await Assert.ThrowsAsync<StackException>(() => UpAsync(program => program.ResourceAsync("a")));

        Assert.Contains("'proj:other'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Pulumi.dev.yaml", exception.Message, StringComparison.Ordinal);
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task A_damaged_salt_is_told_as_such()
    {
        await File.WriteAllTextAsync(Path.Combine(Directory, "Pulumi.dev.yaml"), "encryptionsalt: v1:no base64!:v1:AAAA:AAAA\nconfig:\n  proj:x: {secure: 'v1:AAAA:AAAA'}\n");

        var exception = await Assert.ThrowsAsync<StackException>(() => UpAsync(program => program.ResourceAsync("a")));

        Assert.Contains("is damaged", exception.Message, StringComparison.Ordinal);
    }

    private List<string> Ciphertexts()
    {
        var text = StateText();
        var found = new List<string>();
        for (var at = text.IndexOf("\"ciphertext\":\"", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\"ciphertext\":\"", at + 1, StringComparison.Ordinal))
        {
            var start = at + "\"ciphertext\":\"".Length;
            found.Add(text[start..text.IndexOf('"', start)]);
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }
}
