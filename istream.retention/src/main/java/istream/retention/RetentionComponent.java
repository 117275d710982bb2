// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.retention.RetentionPlan;
import istream.api.retention.RetentionPolicy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file, one policy. */
@Component(
    service = RetentionPolicy.class,
    immediate = true,
    configurationPid = "istream.retention",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RetentionComponent.Config.class, factory = true)
public final class RetentionComponent implements RetentionPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionComponent.class);

  /** A policy; the file is {@code etc/istream.retention-ID.cfg}. */
  @ObjectClassDefinition(name = "istream retention policy")
  @interface Config {
    /** Storage. */
    @AttributeDefinition(description = "Id of the storage that it keeps small")
    String storage() default "";

    /** Camera. */
    @AttributeDefinition(description = "Only this camera's footage; else all")
    String camera() default "";

    /** Most bytes. */
    @AttributeDefinition(
        description =
            "Megabytes (1,000,000 bytes) to keep at most, what is being recorded included")
    String max_megabytes() default "";

    /** Highest age. */
    @AttributeDefinition(description = "Hours that footage is kept at most, after its end")
    String max_hours() default "";

    /** Interval. */
    @AttributeDefinition(description = "Seconds between two looks")
    int check_seconds() default 10;
  }

  @Reference private volatile List<FootageStore> stores = List.of();

  private final RetentionSettings settings;
  private final BudgetPolicy policy;
  private final Duties duties;
  private final Turn turn;

  /** Reads the file and begins to look after the storage. */
  @Activate
  public RetentionComponent(
      Map<String, Object> properties,
      @Reference Schedule schedule,
      @Reference Duties duties,
      @Reference Replicas replicas) {
    settings = RetentionSettings.of(properties);
    settings.problems().forEach(problem -> LOG.error("{}", problem.message()));
    this.duties = duties;
    duties.take(settings);
    policy =
        new BudgetPolicy(
            settings, this::find, duties, replicas, Clock.systemUTC(), System::nanoTime);
    turn = schedule.every(settings.storage(), settings.interval(), this::check);
  }

  /** A storage tells its id without blocking. */
  private Optional<FootageStore> find(String id) {
    return stores.stream().filter(store -> store.status().id().equals(id)).findFirst();
  }

  private boolean check() {
    try {
      return policy.enforce().deletions().more();
    } catch (FootageException | RuntimeException e) {
      LOG.error("policy {}: a fault of istream; trying again at the next look", id(), e);
      return false;
    }
  }

  @Deactivate
  void stop() {
    turn.close();
    duties.leave(settings);
  }

  @Override
  public String id() {
    return policy.id();
  }

  @Override
  public String problem() {
    return policy.problem();
  }

  @Override
  public RetentionPlan plan() throws FootageException {
    return policy.plan();
  }

  @Override
  public RetentionPlan enforce() throws FootageException {
    return policy.enforce();
  }
}
