create table samples (id int primary key);
