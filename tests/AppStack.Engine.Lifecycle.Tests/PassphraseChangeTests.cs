using System.Globalization;
using AppStack.Engine.Backend;
using AppStack.Engine.Lifecycle.Tests.Harness;

namespace AppStack.Engine.Lifecycle.Tests;

/// <summary>State and settings change their passphrase together, wherever the machine dies.</summary>
public sealed class PassphraseChangeTests : LifecycleTest
{
    private static Task Body(TestProgram program) => program.ResourceAsync("a", null, ("password", Secret("hunter2-value")));

    [Fact]
    public async Task Wherever_it_dies_exactly_one_passphrase_opens_everything()
    {
        Secrets.AddRange(["hunter2-value", "config-secret-value"]);
        var died = new HashSet<string>(StringComparer.Ordinal);
        var survived = false;
        for (var dieAt = 1; !survived; dieAt++)
        {
            Assert.True(dieAt < 50, "The change never ends.");
            StackName = string.Create(CultureInfo.InvariantCulture, $"dev{dieAt}");
            await PrepareAsync();
            survived = await DieAsync(dieAt, () => Stack().ChangePassphraseAsync("new"));

            var opens = new List<string>();
            foreach (var passphrase in (string[])["old", "new"])
            {
                Environment["PULUMI_CONFIG_PASSPHRASE"] = passphrase;
                Processes.CurrentProcess++;
                if (await OpensAsync(dieAt % 4))
                {
                    opens.Add(passphrase);
                }
            }

            var holds = Assert.Single(opens);
            Environment["PULUMI_CONFIG_PASSPHRASE"] = holds;
            if (died.Add(holds))
            {
                await AssertWholeAsync();
            }

            if (survived)
            {
                Assert.Equal("new", holds);
            }
        }

        // The loop met both sides of the change.
        Assert.Equal(["new", "old"], died.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_interrupted_change_is_told_and_made_again_by_the_next_one()
    {
        await PrepareAsync();
        for (var dieAt = 1; !File.Exists(Path.Combine(Directory, "Pulumi.dev.yaml.new-passphrase")); dieAt++)
        {
            Assert.False(await DieAsync(dieAt, () => Stack().ChangePassphraseAsync("new")));
            Processes.CurrentProcess++;
        }

        Notices.Clear();
        await Stack().ChangePassphraseAsync("other");

        Assert.Contains(Notices, notice => notice.Contains("was not made: the old passphrase holds", StringComparison.Ordinal));
        Environment["PULUMI_CONFIG_PASSPHRASE"] = "other";
        await AssertWholeAsync();
    }

    private async Task PrepareAsync()
    {
        Environment["PULUMI_CONFIG_PASSPHRASE"] = "old";
        Files = new DiskFiles();
        Processes.CurrentProcess++;
        await Stack().SetConfigAsync("token", "config-secret-value", secret: true, path: false);
        await UpOkAsync(Body);
    }

    private async Task<bool> DieAsync(int dieAt, Func<Task> operation)
    {
        var machine = new DyingMachine(dieAt);
        Files = machine;
        Processes.CurrentProcess++;
        try
        {
            await operation();
        }
        catch (Exception exception) when (machine.IsDead)
        {
            _ = exception;
        }

        Files = new DiskFiles();
        Processes.CurrentProcess++;
        return !machine.IsDead;
    }

    /// <summary>Whichever command comes first, reading or writing, it must come to the same result.</summary>
    private async Task<bool> OpensAsync(int command)
    {
        var exception = await Record.ExceptionAsync(() => command switch
        {
            0 => UpOkAsync(Body),
            1 => PreviewAsync(Body),
            2 => Stack().SetConfigAsync("other", "config-secret-value", secret: true, path: false),
            _ => Stack().GetConfigAsync("token", path: false),
        });
        if (exception is not null)
        {
            Assert.Contains("passphrase", exception.Message, StringComparison.OrdinalIgnoreCase);
        }

        return exception is null;
    }

    private async Task AssertWholeAsync()
    {
        Processes.CurrentProcess++;
        await UpOkAsync(Body);
        Assert.Empty(Steps());
        Assert.Equal("config-secret-value", (await Stack().GetConfigAsync("token", path: false))!.Text);
        Assert.Contains("\"plaintext\": \"\\\"hunter2-value\\\"\"", await Stack().ExportAsync(showSecrets: true), StringComparison.Ordinal);
        Assert.Empty(System.IO.Directory.GetFiles(Directory, $"Pulumi.{StackName}.yaml.new-passphrase"));
        AssertClean();
    }
}
